/// What the server's container is made of, beside the server itself.
extension FleetDraft {
    /// A gateway in another container can't start a program, or speak over its stdin and stdout.
    func sidecarFindings(_ server: Settings) -> [Finding] {
        guard let image = server.text(.gatewayImage), !server.holds(.url) else { return [] }
        return [
            Finding(
                .conflict, image, "needs a server that speaks HTTP",
                detail: "Containers share no stdin and stdout, so a gateway in one of its own can't start the server.",
                hint: "build the gateway into image and remove this line, or add url"
            )
        ]
    }

    func secretKeyFindings(_ server: Settings) -> [Finding] {
        guard let keys = server.words(.secretKeys) else { return [] }
        return keys.value.enumerated().compactMap { index, word in
            let written = Written(value: word.text, path: keys.path, position: word.position)
            if !word.text.isEnvironmentName {
                return Finding(
                    written, "has \(word.text), not a name for an environment variable",
                    hint: "use letters, digits and _ only, and do not start with a digit"
                )
            }
            if word.text.hasPrefix("SLIPWAY_"), !Self.gatewaySecrets.contains(word.text) {
                return Finding(
                    written, "has \(word.text), which is no secret of the gateway's",
                    hint: "the gateway has \(Self.gatewaySecrets.joined(separator: " and ")); others are for "
                        + "container_environment"
                )
            }
            guard keys.value[..<index].contains(where: { $0.text == word.text }) else { return nil }
            return Finding(written, "has \(word.text) twice", hint: "name each key once")
        }
    }

    /// The settings of the gateway that are secret; the fleet's key has a secret of its own.
    private static let gatewaySecrets = ["SLIPWAY_API_KEYS", "SLIPWAY_UPSTREAM_AUTHORIZATION"]

    /// ECS takes each variable once.
    func secretKeyClash(in region: RegionDraft) -> [Finding] {
        guard let keys = server?.words(.secretKeys), let variables = region.settings.pairs(.containerEnvironment)
        else { return [] }
        let names = Set(variables.value.map(\.name.text))
        return keys.value.filter { names.contains($0.text) }.map { word in
            Finding(
                .conflict, Written(value: word.text, path: keys.path, position: word.position),
                "has \(word.text), which container_environment has too",
                hint: "keep it in one of the two: a secret here, anything else there"
            )
        }
    }

    /// Endpoints reach ECR of their own region and nothing else.
    func imagePlaceFindings(in region: RegionDraft) -> [Finding] {
        guard let server, region.settings.text(.privateSubnets)?.value == Egress.endpoints.rawValue else { return [] }
        return [SettingKey.image, .gatewayImage].compactMap { server.text($0) }
            .filter { !$0.value.contains(".dkr.ecr.\(region.name).") }
            .map { image in
                Finding(
                    .conflict, image, "can't be fetched in \(region.name) through endpoints",
                    detail: "With private_subnets: endpoints tasks reach ECR of their own region only.",
                    hint: "put the image into ECR of \(region.name), or write private_subnets: nat"
                )
            }
    }

    /// What a region's own switches do not go together with.
    func edgeFindings(in region: RegionDraft) -> [Finding] {
        var findings: [Finding] = []
        if let port = region.settings.integer(.albPort), port.value == 443,
            domain.boolean(.enableDomain)?.value == true
        {
            findings.append(
                Finding(
                    .conflict, port, "is 443, where the domain's HTTPS listens", hint: "write another one, such as 80")
            )
        }
        if let discovers = region.settings.boolean(.enableServiceDiscovery), !discovers.value {
            findings.append(
                Finding(
                    .conflict, discovers, "is off, and the gateways would not find each other",
                    hint: "write true, or remove the line"
                )
            )
        }
        if let firewall = region.settings.boolean(.enableWAF), firewall.value,
            region.settings.boolean(.createALB)?.value == false
        {
            findings.append(
                Finding(.conflict, firewall, "needs a load balancer to stand in front of", hint: "set create_alb too")
            )
        }
        return findings
    }
}
