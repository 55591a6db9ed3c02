/// An element of an AWS answer in XML: names, text and children, and nothing else that XML has.
package struct XMLElement: Equatable, Sendable {
    package let name: String
    package private(set) var text = ""
    package private(set) var children: [XMLElement] = []

    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the element at a path below this one.
    package func text(_ path: String...) -> String? {
        path.reduce(Optional(self)) { element, name in element?[name] }?.text
    }

    /// The members of a list: the children of `name` that are called `member`.
    package func members(_ name: String) -> [XMLElement] { self[name]?.children.filter { $0.name == "member" } ?? [] }

    /// The same as EC2 writes lists: the children of `name` that are called `item`.
    package func items(_ name: String) -> [XMLElement] { self[name]?.children.filter { $0.name == "item" } ?? [] }

    private init(name: String) {
        self.name = name
    }

    /// nil for what is no XML, is deeper than fifty elements, or has a document type, which no answer of AWS has.
    package init?(_ text: String) {
        var open: [XMLElement] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            if !open.isEmpty { open[open.count - 1].text += Self.unescaped(rest[..<start]) }
            guard let end = rest[start...].firstIndex(of: ">") else { return nil }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") { continue }
            guard !tag.hasPrefix("!") else { return nil }
            if tag.hasPrefix("/") {
                guard let closed = open.popLast(), tag.dropFirst().prefix(closed.name.count) == closed.name else {
                    return nil
                }
                if open.isEmpty {
                    self = closed
                    return
                }
                open[open.count - 1].children.append(closed)
            } else {
                let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
                guard !name.isEmpty, open.count < 50 else { return nil }
                open.append(XMLElement(name: name))
                if tag.hasSuffix("/"), let closed = open.popLast() {
                    guard !open.isEmpty else {
                        self = closed
                        return
                    }
                    open[open.count - 1].children.append(closed)
                }
            }
        }
        return nil
    }

    /// XML 1.0, 4.6, and numbered characters.
    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        return text.split(separator: "&", omittingEmptySubsequences: false).enumerated().map { index, piece in
            guard index > 0, let end = piece.firstIndex(of: ";") else { return String(piece) }
            let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
            let entity = String(piece[..<end])
            let character = known[entity] ?? numbered(entity) ?? "&\(entity);"
            return character + piece[piece.index(after: end)...]
        }.joined()
    }

    private static func numbered(_ entity: String) -> String? {
        guard entity.hasPrefix("#") else { return nil }
        let digits = entity.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(UnicodeScalar.init).map { String($0) }
    }
}
