import FleetModel

/// How the gateway and the server share a task (terraform/region/README.md, "The gateway").
extension TerraformVariables {
    static func container(_ server: Server, _ region: Region, image: String) -> [String: TerraformValue] {
        let isInImage = server.gatewayImage == nil
        var values: [String: TerraformValue] = [
            "container_image": .text(image),
            "gateway_in_image": .flag(isInImage),
            "gateway": .object(gateway(server, region)),
            "container_environment": .map(region.task.environment.filter { !isGatewaySetting($0.key) }),
            "secret": .object(["keys": .list(server.secretKeys.filter { !isGatewaySetting($0) })]),
        ]
        values["gateway_image"] = server.gatewayImage.map { .text($0) }
        let command = isInImage ? startedByGateway(server) : startedByECS(server)
        if !command.isEmpty { values["container_command"] = .list(command) }
        return values
    }

    /// The gateway's own settings, and where the server listens.
    private static func gateway(_ server: Server, _ region: Region) -> [String: TerraformValue] {
        var environment = region.task.environment.filter { isGatewaySetting($0.key) }
        var values: [String: TerraformValue] = [:]
        if case .http(let url, _) = server.transport {
            if server.gatewayImage == nil {
                environment["SLIPWAY_UPSTREAM"] = url
            } else if let address = LoopbackURL(url) {
                values["server_port"] = .number(address.port)
                values["upstream_path"] = .text(address.path)
            }
        }
        values["environment"] = .map(environment)
        values["secrets"] = .list(server.secretKeys.filter(isGatewaySetting))
        return values
    }

    /// What the image runs where the gateway is in it; nothing where the image's own command starts both.
    private static func startedByGateway(_ server: Server) -> [String] {
        switch server.transport {
        case .stdio(let command): ["slipway-gateway", "--"] + command
        case .http(_, let command): command.isEmpty ? [] : ["slipway-gateway", "--"] + command
        }
    }

    /// What the server's container runs beside the gateway's; nothing for the image's own command.
    private static func startedByECS(_ server: Server) -> [String] {
        guard case .http(_, let command) = server.transport else { return [] }
        return command
    }

    private static func isGatewaySetting(_ name: String) -> Bool { name.hasPrefix("SLIPWAY_") }
}
