import Crypto

/// A request in the one form that both sides hash (IAM User Guide, "Create a canonical request").
struct CanonicalRequest {
    let text: String
    /// The names of the signed headers, as the `authorization` header lists them.
    let signedHeaders: String

    var hash: String { Hex.sha256(Array(text.utf8)) }

    init(_ request: SignableRequest, headers: [(name: String, value: String)]) {
        let lines = Self.headerLines(headers)
        signedHeaders = lines.map(\.name).joined(separator: ";")
        text = [
            request.method,
            request.isPathSignedAsSent ? request.path : Self.path(request.path),
            Self.query(request.query),
            lines.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders,
            Hex.sha256(request.body),
        ].joined(separator: "\n")
    }

    /// Small letters, sorted, spaces folded; the values of a repeated header joined by commas.
    private static func headerLines(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        Dictionary(grouping: headers) { $0.name.lowercased() }
            .map { name, entries in
                (name: name, value: entries.map { folded($0.value) }.joined(separator: ","))
            }
            .sorted { $0.name < $1.name }
    }

    private static func folded(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// Dot segments resolved (RFC 3986, 5.2.4) and empty ones dropped, then every segment encoded once more.
    private static func path(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let isDirectory = path.hasSuffix("/") && !segments.isEmpty
        return "/" + segments.map(PercentEncoding.encode).joined(separator: "/") + (isDirectory ? "/" : "")
    }

    private static func query(_ query: [(name: String, value: String)]) -> String {
        query
            .map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }
}
