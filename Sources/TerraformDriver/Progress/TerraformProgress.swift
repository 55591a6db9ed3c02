/// What one run of Terraform has told so far: the sum of its lines.
package struct TerraformProgress: Equatable, Sendable {
    /// What the plan will do, in Terraform's order; what is only read is left out.
    package private(set) var changes: [ResourceChange] = []
    /// What others have changed since the last apply, as far as the plan says.
    package private(set) var drift: [ResourceChange] = []
    package private(set) var count: ChangeCount?
    package private(set) var diagnostics: [TerraformDiagnostic] = []
    /// Resources that were changed.
    package private(set) var finished = 0
    /// What is under way, the oldest first.
    package private(set) var running: [Step] = []
    /// The last words that were no JSON: what is left where no diagnostic says why.
    package private(set) var lastWords: [String] = []

    package init() {}

    /// A change that is under way, and for how many seconds.
    package struct Step: Equatable, Sendable {
        package let change: ResourceChange
        package var seconds: Int
    }

    package var errors: [TerraformDiagnostic] { diagnostics.filter(\.isError) }

    package mutating func take(_ line: TerraformLine) {
        switch line.event {
        case .planned(let change): if change.action != .read, change.action != .nothing { changes.append(change) }
        case .drifted(let change): drift.append(change)
        case .summed(let count): self.count = count
        case .began(let change): running.append(Step(change: change, seconds: 0))
        case .goesOn(let change, let seconds): note(change, seconds)
        case .done(let change, _):
            finished += change.action == .read ? 0 : 1
            running.removeAll { $0.change.address == change.address }
        case .failed(let change): running.removeAll { $0.change.address == change.address }
        case .diagnostic(let diagnostic): if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
        case .other:
            guard !line.words.isEmpty else { return }
            lastWords = lastWords.suffix(19) + [line.words]
        }
    }

    private mutating func note(_ change: ResourceChange, _ seconds: Int) {
        guard let index = running.firstIndex(where: { $0.change.address == change.address }) else { return }
        running[index].seconds = seconds
    }
}
