/// The value of a header that mirrors a field of the body (MCP 2026-07-28, Streamable HTTP, "Value encoding"): as it
/// is, or `=?base64?…?=` around the base64 of its UTF-8 where it would not survive as a header.
package enum MirroredValue {
    private static let opening = "=?base64?"
    private static let closing = "?="

    /// What the header says; `nil` where its base64 is malformed or not the canonical one.
    package static func decode(_ header: String) -> String? {
        guard header.hasPrefix(opening), header.hasSuffix(closing), header.count >= opening.count + closing.count else {
            return header
        }
        let payload = header.dropFirst(opening.count).dropLast(closing.count)
        let digits = payload.prefix { $0 != "=" }
        guard payload.utf8.count % 4 == 0, payload.dropFirst(digits.count).allSatisfy({ $0 == "=" }) else { return nil }
        guard !digits.contains(where: { $0 == "-" || $0 == "_" }) else { return nil }
        let translated = String(digits.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
        guard payload.count - digits.count <= 2, let bytes = Base64URL.decode(translated) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
