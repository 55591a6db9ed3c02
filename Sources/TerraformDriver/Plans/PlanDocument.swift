import FleetModel

/// A saved plan as `terraform show -json` writes it ("JSON Output Format", Plan Representation).
package struct PlanDocument: Sendable {
    /// What it will do; what stays as it is, or is only read, is left out.
    package let changes: [ResourceChange]
    /// What others did since the last apply.
    package let drift: [ResourceDrift]

    /// nil for a text that is no such document.
    package init?(json: String) {
        guard let fields = Fields(json: json.utf8) else { return nil }
        changes = (fields.resource_changes ?? []).compactMap { resource in
            let action = resource.change.action
            let isSomething = action != .read && action != .nothing
            return isSomething ? ResourceChange(address: resource.address, action: action) : nil
        }
        drift = (fields.resource_drift ?? []).map(\.drift)
    }

    /// How many of each kind; a replacement is one added and one destroyed, as in Terraform's own sum.
    package var count: ChangeCount {
        changes.reduce(into: ChangeCount()) { count, change in
            switch change.action {
            case .create: count.add += 1
            case .update: count.change += 1
            case .delete, .remove: count.remove += 1
            case .import: count.import += 1
            case .replace:
                count.add += 1
                count.remove += 1
            case .read, .move, .nothing: break
            }
        }
    }

    private struct Fields: Decodable {
        let resource_changes: [Resource]?
        let resource_drift: [Resource]?
    }

    private struct Resource: Decodable {
        let address: String
        let type: String
        let change: Change

        var drift: ResourceDrift {
            ResourceDrift(
                address: address, type: type, isGone: change.actions == ["delete"], attributes: change.attributes)
        }
    }

    private struct Change: Decodable {
        let actions: [String]
        let before: JSONValue?
        let after: JSONValue?
        /// The attributes that are secret, each with `true`.
        let before_sensitive: JSONValue?
        let after_sensitive: JSONValue?

        var action: ResourceChange.Action {
            switch actions {
            case ["no-op"]: .nothing
            case ["forget"]: .remove
            case let several where several.count > 1: .replace
            default: ResourceChange.Action(rawValue: actions.first ?? "") ?? .update
            }
        }

        var attributes: [ResourceDrift.Attribute] {
            guard case .object(let before) = before, case .object(let after) = after else { return [] }
            let names = Set(before.keys).union(after.keys).filter { before[$0] ?? .null != after[$0] ?? .null }
            return names.sorted().map { name in
                let isSecret = [before_sensitive, after_sensitive].contains { ($0?[name] ?? .null) != .null }
                return ResourceDrift.Attribute(
                    name: name, before: isSecret ? nil : (before[name] ?? .null).words,
                    after: isSecret ? nil : (after[name] ?? .null).words)
            }
        }
    }
}
