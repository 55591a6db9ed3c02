/// Any JSON, as a value that can be compared.
enum JSONValue: Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    subscript(_ key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    /// What an operator reads; nil for what is not one short word.
    var words: String? {
        switch self {
        case .null: "none"
        case .flag(let flag): "\(flag)"
        case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .text(let text): text.count <= 80 && !text.contains(where: \.isNewline) ? text : nil
        case .list, .object: nil
        }
    }
}

extension JSONValue: Decodable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {  // then it is something else
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {  // then it is something else
            self = .number(number)
        } else if let text = try? value.decode(String.self) {  // then it is something else
            self = .text(text)
        } else if let list = try? value.decode([JSONValue].self) {  // then it is an object
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }
}
