import FleetModel

extension JSONValue {
    /// What an operator reads in a line; nil for what is not one short word.
    var words: String? {
        switch self {
        case .null: "none"
        case .flag(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text): text.count <= 80 && !text.contains(where: \.isNewline) ? text : nil
        case .list, .object: nil
        }
    }
}
