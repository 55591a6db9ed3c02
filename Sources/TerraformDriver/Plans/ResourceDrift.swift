/// What has become of a resource behind Terraform's back.
package struct ResourceDrift: Equatable, Sendable, Encodable {
    package let address: String
    /// Such as `aws_ecs_service`.
    let type: String
    package let isGone: Bool
    package let attributes: [Attribute]

    private enum CodingKeys: String, CodingKey {
        case address, isGone, attributes
    }

    /// One attribute that differs; a value is nil where it is secret, or too long for a line.
    package struct Attribute: Equatable, Sendable, Encodable {
        package let name: String
        package let before: String?
        package let after: String?
    }

    /// What others own and change as they should: docs/architecture.md, "One owner for every value".
    private static let owned: [String: Set<String>] = [
        "aws_ecs_service": ["desired_count"],
        "aws_appautoscaling_target": ["min_capacity", "max_capacity", "suspended_state"],
        "aws_cloudformation_stack": ["parameters", "outputs"],
    ]

    /// Without what is not Terraform's; nil where nothing is left.
    package var withoutOwned: ResourceDrift? {
        let others = Self.owned[type] ?? []
        let left = attributes.filter { !others.contains($0.name) }
        guard isGone || !left.isEmpty else { return nil }
        return ResourceDrift(address: address, type: type, isGone: isGone, attributes: left)
    }
}
