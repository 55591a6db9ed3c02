import FleetModel

/// One thing that `doctor` looked at, and what it thinks of it.
struct Checkup: Encodable, Equatable, Sendable {
    enum Verdict: String, Encodable, Sendable, CaseIterable {
        case ok
        /// Worth knowing; also what could not be looked at.
        case note
        /// It works, and may surprise.
        case warning
        /// The next apply fails, or what it makes does not work.
        case problem
    }

    /// Where: this machine, the fleet file, the account, or a region.
    let place: String
    let verdict: Verdict
    let says: String
    /// The one thing to do.
    let fix: String?

    init(_ place: String, _ verdict: Verdict, _ says: String, fix: String? = nil) {
        self.place = place
        self.verdict = verdict
        self.says = says
        self.fix = fix
    }

    /// What can't be looked at is not held against anybody.
    init(_ place: String, notLookedAt what: String, _ problem: Problem) {
        let words = [problem.summary, problem.detail].compactMap { $0 }.joined(separator: ": ")
        self.init(place, .note, "could not look at \(what): \(words)")
    }
}
