/// The name of a container image, such as `ghcr.io/my-org/my-mcp:1.0`, read as container runtimes read it
/// (distribution/reference, "grammar").
package struct ImageReference: Sendable, Equatable {
    /// The registry's host, with its port if there is one.
    let registry: String
    let repository: String
    let tag: String?
    /// `sha256:` and 64 digits.
    let digest: String?
    /// What was written before tag and digest.
    private let name: Substring

    /// nil for what is no image's name.
    package init?(_ text: String) {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count <= 2, let first = halves.first else { return nil }
        let lastPart = first.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let colon = lastPart.firstIndex(of: ":")
        name = colon.map { first[..<$0] } ?? first
        tag = colon.map { String(first[first.index(after: $0)...]) }
        digest = halves.count == 2 ? String(halves[1]) : nil
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let host = parts.count == 2 && (parts[0].contains { $0 == "." || $0 == ":" } || parts[0] == "localhost")
        registry = host ? parts[0] : "docker.io"
        repository = host ? parts[1] : parts.count == 2 ? String(name) : "library/\(name)"
        guard isWellFormed else { return nil }
    }

    /// The same image by what it holds: nobody can put another one in its place.
    func pinned(to digest: String) -> String { "\(name)@\(digest)" }

    private var isWellFormed: Bool {
        let pieces = repository.split(separator: "/", omittingEmptySubsequences: false)
        let areNames = pieces.allSatisfy { piece in
            !piece.isEmpty && piece.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || "._-".contains($0)) }
        }
        let isTag =
            tag.map { tag in
                (1...128).contains(tag.count)
                    && tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
            } ?? true
        let isHost = registry.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:".contains($0)) }
        return areNames && isTag && isHost && (digest.map(Self.isDigest) ?? true)
    }

    static func isDigest(_ text: String) -> Bool {
        text.hasPrefix("sha256:") && text.count == 71
            && text.dropFirst(7).allSatisfy { "0123456789abcdef".contains($0) }
    }
}
