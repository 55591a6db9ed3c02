/// The text of a `.gitignore`.
struct GitIgnore {
    static let name = ".gitignore"
    /// What must never be committed: the secrets of a local run, and what runs leave behind.
    static let entries = ["slipway.env", ".slipway/", "slipway-state/"]

    private let text: String

    /// - Parameter text: nil when there is no such file.
    init(_ text: String?) {
        self.text = text ?? ""
    }

    /// Those of our entries the file does not have.
    var missing: [String] {
        let lines = text.split { $0.isNewline }.map { Self.bare(String($0)) }
        return Self.entries.filter { !lines.contains(Self.bare($0)) }
    }

    /// The text with what is missing added at its end.
    var completed: String {
        let separator = text.isEmpty || text.last?.isNewline == true ? "" : "\n"
        return text + separator + missing.map { $0 + "\n" }.joined()
    }

    /// Without what makes no difference to these entries: spaces, a leading slash and a trailing one.
    private static func bare(_ line: String) -> String {
        let trimmed = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
        return trimmed.split(separator: "/", omittingEmptySubsequences: true).joined(separator: "/")
    }
}
