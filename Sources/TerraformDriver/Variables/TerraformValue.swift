/// A value of a Terraform variable.
package enum TerraformValue: Equatable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])
    case map([String: String])
    /// An object whose attributes are of different types; what is left out has Terraform's default.
    case object([String: TerraformValue])
}

extension TerraformValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let items): try container.encode(items)
        case .map(let entries): try container.encode(entries)
        case .object(let attributes): try container.encode(attributes)
        }
    }
}
