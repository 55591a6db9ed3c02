import TerminalView

/// What `slipway init` wrote.
struct InitAnswer: Answer {
    let wrote: [String]
    /// The entries added to .gitignore.
    let ignored: [String]
    let next = "slipway check"

    private enum CodingKeys: String, CodingKey {
        case wrote, ignored, next
    }

    func text(ink: Ink) -> String {
        let files = "Wrote \(wrote.joined(separator: " and ")).\n"
        let ignore =
            ignored.isEmpty
            ? "Left .gitignore as it is: it has what it needs.\n"
            : "Added \(Self.words(ignored)) to .gitignore.\n"
        return files + ignore + "Next: \(next)\n"
    }

    /// Such as "a, b and c".
    private static func words(_ names: [String]) -> String {
        let others = names.dropLast().joined(separator: ", ")
        return others.isEmpty ? names.joined() : "\(others) and \(names.last ?? "")"
    }
}
