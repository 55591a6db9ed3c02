import TerminalView

/// What `slipway init` wrote.
struct InitAnswer: Answer {
    let wrote: [String]
    /// The entries added to .gitignore; nil where nothing was to be added.
    let ignored: [String]?
    let next: String

    private enum CodingKeys: String, CodingKey {
        case wrote, ignored, next
    }

    func text(ink: Ink) -> String {
        let files = "Wrote \(list(wrote)).\n"
        guard let ignored else { return files + "Next: \(next)\n" }
        let ignore =
            ignored.isEmpty
            ? "Left .gitignore as it is: it has what it needs.\n"
            : "Added \(list(ignored)) to .gitignore.\n"
        return files + ignore + "Next: \(next)\n"
    }

    private func list(_ names: [String]) -> String {
        let rest = names.dropLast(2).map { $0 + ", " }.joined()
        return rest + names.suffix(2).joined(separator: " and ")
    }
}
