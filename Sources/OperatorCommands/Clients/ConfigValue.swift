/// A client's configuration as JSON, in the order a person would write it.
indirect enum ConfigValue: Equatable, Sendable {
    case text(String)
    case flag(Bool)
    case list([ConfigValue])
    case object([(name: String, value: ConfigValue)])

    /// Indented by two spaces, without a line break at its end.
    func rendered(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .flag(let flag): return "\(flag)"
        case .list(let items) where items.allSatisfy(\.isScalar):
            return "[" + items.map { $0.rendered() }.joined(separator: ", ") + "]"
        case .list(let items):
            return "[\n" + items.map { inner + $0.rendered(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let fields):
            let lines = fields.map { inner + Self.quoted($0.name) + ": " + $0.value.rendered(indent: inner) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private var isScalar: Bool {
        switch self {
        case .text, .flag: true
        case .list, .object: false
        }
    }

    /// RFC 8259, 7.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": return "\\\""
            case "\\": return "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: return String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    static func == (first: ConfigValue, second: ConfigValue) -> Bool { first.rendered() == second.rendered() }
}

extension ConfigValue: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .list(let items): try container.encode(items)
        // A dictionary, because keys of dictionaries are left as they are: mcpServers must not become mcp_servers.
        case .object(let fields):
            try container.encode(Dictionary(fields.map { ($0.name, $0.value) }) { _, later in later })
        }
    }
}
