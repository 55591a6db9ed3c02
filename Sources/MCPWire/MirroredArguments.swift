import NIOCore

/// The arguments of one tool that a call repeats in headers, so that what stands between can route by them without
/// reading bodies (MCP 2026-07-28, Streamable HTTP, "Custom headers from tool parameters").
package struct MirroredArguments: Equatable, Sendable {
    struct Argument: Equatable, Sendable {
        /// The names that lead to it, from the outermost.
        let path: [String]
        /// The header's name, without what all of them begin with.
        let header: String
    }

    /// What marks such an argument in a tool's schema.
    package static let annotation = "x-mcp-header"
    static let prefix = "Mcp-Param-"

    private(set) var arguments: [Argument] = []
    /// Whether a call has to bring the headers. The specification forbids to annotate a `number`: some clients mirror
    /// one all the same, others drop the tool and mirror nothing.
    private(set) var isRequired = true

    /// Schemas inside schemas, from the outermost; a tool with deeper ones is taken for one without annotations.
    private static let deepest = 64
    private static let mostOfList = 10_000

    /// Reads a tool's `inputSchema`. `nil` where nothing is mirrored; so it is where one annotation is invalid, for then
    /// clients drop the tool.
    package init?(schema: JSONObject, in text: ByteBuffer) {
        guard takeIn(schema, text, at: [], depth: 0), !arguments.isEmpty else { return nil }
    }
}

/// Reading a schema.
extension MirroredArguments {
    /// What a keyword of JSON Schema 2020-12 holds, where that is schemas.
    private enum Holding {
        /// One schema, or a list of them.
        case some
        /// Schemas by a name.
        case named
        /// Arguments by their names: the one keyword whose schemas are annotated.
        case properties
    }

    private static let keywords: [String: Holding] = {
        let some = [
            "items", "contains", "unevaluatedItems", "additionalItems", "additionalProperties", "propertyNames",
            "unevaluatedProperties", "not", "if", "then", "else", "contentSchema", "allOf", "anyOf", "oneOf",
            "prefixItems",
        ]
        let named = ["patternProperties", "dependentSchemas", "$defs", "definitions"]
        var keywords = Dictionary(uniqueKeysWithValues: some.map { ($0, Holding.some) })
        for name in named { keywords[name] = .named }
        keywords["properties"] = .properties
        return keywords
    }()

    /// Takes in the annotations of a schema and of all inside it.
    ///
    /// - Parameter path: the arguments' names that lead to it; `nil` beyond any other keyword.
    /// - Returns: whether all are valid.
    private mutating func takeIn(_ schema: JSONObject, _ text: ByteBuffer, at path: [String]?, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        if schema[Self.annotation] != nil, !takeIn(annotationOf: schema, text, at: path) { return false }
        for member in schema.members {
            guard let holding = Self.keywords[member.name] else { continue }
            for (name, inner) in Self.schemas(in: member, holding, text) {
                let inside = holding == .properties ? path.map { $0 + [name] } : nil
                guard takeIn(inner, text, at: inside, depth: depth + 1) else { return false }
            }
        }
        return true
    }

    private static func schemas(
        in member: JSONObject.Member,
        _ holding: Holding,
        _ text: ByteBuffer
    ) -> [(name: String, schema: JSONObject)] {
        if let object = JSONObject(in: text, at: member.value.lowerBound) {
            guard holding != .some else { return [("", object)] }
            return object.members.compactMap { inner in
                JSONObject(in: text, at: inner.value.lowerBound).map { (inner.name, $0) }
            }
        }
        guard holding == .some else { return [] }
        return (JSONObject.elements(at: member.value, in: text, most: mostOfList) ?? [])
            .compactMap { JSONObject(in: text, at: $0.lowerBound).map { ("", $0) } }
    }

    private mutating func takeIn(annotationOf schema: JSONObject, _ text: ByteBuffer, at path: [String]?) -> Bool {
        guard let path, !path.isEmpty, let header = schema.string(Self.annotation, in: text), Self.isToken(header)
        else { return false }
        guard !arguments.contains(where: { $0.header.lowercased() == header.lowercased() }) else { return false }
        switch schema.string("type", in: text) {
        case "string", "integer", "boolean": break
        case "number": isRequired = false
        default: return false
        }
        arguments.append(Argument(path: path, header: header))
        return true
    }

    /// Whether a name can be a header's (RFC 9110, 5.6.2).
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (byte &- 0x30 < 10) || ((byte | 0x20) &- 0x61 < 26) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
