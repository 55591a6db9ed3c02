import FleetModel

/// A revision of a task definition, with every field that AWS gave it.
package struct TaskDefinition: Sendable, Equatable {
    /// What DescribeTaskDefinition tells and RegisterTaskDefinition does not take (Amazon ECS API).
    private static let told: Set<String> = [
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt",
        "registeredBy", "deregisteredAt", "deleteRequestedAt",
    ]

    private let fields: [String: JSONValue]
    private let tags: [JSONValue]

    init?(_ value: JSONValue, tags: [JSONValue]) {
        guard case .object(let fields) = value, fields["family"]?.text != nil, fields["revision"]?.integer != nil
        else { return nil }
        self.fields = fields
        self.tags = tags
    }

    package var arn: String { fields["taskDefinitionArn"]?.text ?? name }
    package var family: String { fields["family"]?.text ?? "" }
    package var revision: Int { fields["revision"]?.integer ?? 0 }
    /// `family:revision`
    package var name: String { "\(family):\(revision)" }
    /// One that Terraform or somebody else retired starts no tasks.
    package var isActive: Bool { fields["status"]?.text == "ACTIVE" }

    /// The image of a container; nil where there is no such container.
    package func image(of container: String) -> String? {
        containers.first { $0["name"]?.text == container }?["image"]?.text
    }

    package var containerNames: [String] { containers.compactMap { $0["name"]?.text } }

    private var containers: [JSONValue] { fields["containerDefinitions"]?.list ?? [] }

    /// The same with another image in one container.
    package func with(image: String, in container: String) -> TaskDefinition {
        let changed = containers.map { one -> JSONValue in
            guard case .object(var fields) = one, fields["name"]?.text == container else { return one }
            fields["image"] = .text(image)
            return .object(fields)
        }
        var fields = fields
        fields["containerDefinitions"] = .list(changed)
        return TaskDefinition(fields: fields, tags: tags)
    }

    /// What makes a new revision that is like this one. Tags of AWS's own can't be given.
    var registration: JSONValue {
        var fields = fields.filter { !Self.told.contains($0.key) && $0.value != .null }
        let own = tags.filter { $0["key"]?.text?.hasPrefix("aws:") == false }
        if !own.isEmpty { fields["tags"] = .list(own) }
        return .object(fields)
    }

    private init(fields: [String: JSONValue], tags: [JSONValue]) {
        self.fields = fields
        self.tags = tags
    }
}
