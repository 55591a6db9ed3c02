/// One explanation of a region's state: what is the matter, what shows it, and the one thing to do.
package struct Diagnosis: Sendable, Equatable, Encodable {
    package let cause: String
    /// AWS's own words, and what was seen.
    package let evidence: [String]
    package let fix: String
    /// Whether somebody has to do something; a region that sleeps or deploys only needs time.
    package let isFault: Bool

    init(_ cause: String, _ evidence: [String], fix: String, isFault: Bool = true) {
        self.cause = cause
        self.evidence = evidence
        self.fix = fix
        self.isFault = isFault
    }

    /// Every explanation that the facts bear out, the likeliest first. None for a region that is as it should be.
    package static func all(of facts: RegionFacts) -> [Diagnosis] {
        if let whole = rowsOfTheWhole.lazy.compactMap({ $0(facts) }).first { return [whole] }
        // What will keep the next task from starting is told also while the last ones run.
        guard !facts.isGood else { return (rowsOfTheSecrets + rowsOfTheRules).compactMap { $0(facts) } }
        let found = (rowsOfTheSecrets + rowsOfTheStart + rowsOfTheRules + rowsOfTheTargets + rowsOfTheService)
            .compactMap { $0(facts) }
        return found.isEmpty ? [theRest(facts)] : found
    }

    /// A row of the table: the explanation, where the facts bear it out.
    typealias Row = @Sendable (RegionFacts) -> Diagnosis?

    /// A file's line to change, for one region or for all.
    static func write(_ line: String, _ facts: RegionFacts) -> String {
        "write \(line) for \(facts.region) in the fleet file, then apply"
    }
}
