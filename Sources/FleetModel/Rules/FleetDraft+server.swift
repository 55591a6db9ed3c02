extension FleetDraft {
    var resolvedServer: Server? {
        guard let server else { return nil }
        let command = server.words(.command)?.value.map(\.text)
        let transport: Server.Transport? =
            if let url = server.text(.url) {
                .http(url: url.value, command: command ?? [])
            } else {
                command.map { .stdio(command: $0) }
            }
        return transport.map {
            Server(
                transport: $0,
                image: server.text(.image)?.value,
                gatewayImage: server.text(.gatewayImage)?.value,
                secretKeys: server.words(.secretKeys)?.value.map(\.text) ?? []
            )
        }
    }

    var serverFindings: [Finding] {
        guard let server else { return [] }
        return choiceFindings(server) + urlFindings(server) + secretKeyFindings(server)
            + [.image, .gatewayImage].flatMap { imageFindings(server, $0) } + sidecarFindings(server)
    }

    /// The gateway and an HTTP server beside it share the machine's ports.
    func portClash(in region: RegionDraft) -> [Finding] {
        guard let url = server?.text(.url), let address = LoopbackURL(url.value),
            let port = region.settings.integer(.containerPort), port.value == address.port
        else { return [] }
        return [
            Finding(
                .conflict, url, "uses port \(port.value), on which the gateway listens in \(region.name)",
                hint: "let the server listen on another port, such as \(port.value == 8000 ? 9000 : 8000), "
                    + "or set container_port"
            )
        ]
    }

    private func choiceFindings(_ server: Settings) -> [Finding] {
        if server.holds(.command) || server.holds(.url) { return [] }
        return [
            Finding(
                .missingKey, server.position, "server says neither what to start nor where to call",
                hint: "add command: [python3, -m, my_server] for a stdio server, "
                    + "or url: http://127.0.0.1:8000/mcp for one that speaks HTTP itself"
            )
        ]
    }

    private func urlFindings(_ server: Settings) -> [Finding] {
        guard let url = server.text(.url), LoopbackURL(url.value) == nil else { return [] }
        return [
            Finding(
                url, "is not an http address on this machine",
                detail: "The gateway and the server run side by side in one task and speak over loopback.",
                hint: "write an address such as http://127.0.0.1:8000/mcp"
            )
        ]
    }

    /// The characters of an image's name, tag and digest (OCI Distribution Specification, "Pulling manifests").
    private func imageFindings(_ server: Settings, _ key: SettingKey) -> [Finding] {
        guard let image = server.text(key) else { return [] }
        let name = image.value
        let isAllowed = name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._-/:@".contains($0) }
        guard
            !isAllowed || name.contains("://") || name.first?.isASCIILetter != true && name.first?.isASCIIDigit != true
        else { return [] }
        return [
            Finding(
                image, "is not the name of an image: \(name)",
                hint: "write registry/name:tag without a scheme, such as ghcr.io/my-org/my-mcp:1.0"
            )
        ]
    }
}
