import TerminalView

/// What `slipway init` wrote, or would write.
struct InitAnswer: Answer {
    let wrote: [String]
    /// The entries added to .gitignore; nil where nothing was to be added.
    let ignored: [String]?
    let next: String
    let isDryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case wrote, ignored, next
        case isDryRun = "dry_run"
    }

    func text(ink: Ink) -> String {
        let files = "\(isDryRun ? "Would write" : "Wrote") \(list(wrote)).\n"
        let last = isDryRun ? "Nothing was written.\n" : "Next: \(next)\n"
        guard let ignored else { return files + last }
        let ignore =
            ignored.isEmpty
            ? "\(isDryRun ? "Would leave" : "Left") .gitignore as it is: it has what it needs.\n"
            : "\(isDryRun ? "Would add" : "Added") \(list(ignored)) to .gitignore.\n"
        return files + ignore + last
    }

    private func list(_ names: [String]) -> String {
        let rest = names.dropLast(2).map { $0 + ", " }.joined()
        return rest + names.suffix(2).joined(separator: " and ")
    }
}
