import ArgumentParser
import HTTPTransport

extension GatewaySettings {
    func sessionRules(_ flags: SessionOptions) throws -> SessionRules {
        var rules = SessionRules()
        rules.childLimit = try number(flags.maxChildren, "--max-children", "SLIPWAY_MAX_CHILDREN", 1...1_000_000)
        rules.whenFull =
            try word(flags.whenFull, "--when-full", "SLIPWAY_WHEN_FULL", SessionRules.WhenFull.self) ?? rules.whenFull
        rules.ownerLost =
            try word(flags.onOwnerLost, "--on-owner-lost", "SLIPWAY_ON_OWNER_LOST", SessionRules.OwnerLost.self)
            ?? rules.ownerLost
        rules.eras = try word(flags.eras, "--eras", "SLIPWAY_ERAS", SessionRules.Eras.self) ?? rules.eras
        return rules
    }

    private func word<Choice: RawRepresentable<String> & CaseIterable>(
        _ flag: String?,
        _ name: String,
        _ variable: String,
        _ choices: Choice.Type
    ) throws -> Choice? {
        guard let given = text(flag, name, variable) else { return nil }
        guard let choice = Choice(rawValue: given.text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("\(given.place) is \(known), not '\(given.text)'.")
        }
        return choice
    }

    /// Where ECS tells a container its address (Amazon ECS task metadata endpoint, version 4); `nil` elsewhere.
    func ownAddress(port: Int) throws -> OwnAddress? {
        guard let given = environment["ECS_CONTAINER_METADATA_URI_V4"]
        else { return nil }
        guard let source = OwnAddress(metadata: given) else {
            throw ValidationError(
                "ECS_CONTAINER_METADATA_URI_V4 is http://host/path, not '\(given)'; "
                    + "say where peers reach this replica: --advertise 10.0.1.5:\(port)"
            )
        }
        return source
    }
}
