import ArgumentParser

extension GatewaySettings {
    static let upstreamCredential = "SLIPWAY_UPSTREAM_AUTHORIZATION"

    /// The HTTP server beside the gateway, where there is one.
    func upstream(from flags: UpstreamOptions) throws -> UpstreamConfiguration? {
        guard let given = text(flags.upstream, "--upstream", "SLIPWAY_UPSTREAM") else {
            guard environment[Self.upstreamCredential] == nil else {
                throw ValidationError("\(Self.upstreamCredential) is for the server that --upstream names; name it.")
            }
            return nil
        }
        guard let address = UpstreamAddress(given.text) else {
            throw ValidationError(
                "\(given.place) is an http address, as in http://127.0.0.1:9000/mcp, unlike '\(given.text)'."
            )
        }
        guard let credential = environment[Self.upstreamCredential] else {
            return UpstreamConfiguration(address: address)
        }
        guard let credential = UpstreamCredential(credential) else {
            throw ValidationError(
                "\(Self.upstreamCredential) is a value of the Authorization header, as in: Bearer my-token"
            )
        }
        return UpstreamConfiguration(address: address, credential: credential)
    }
}
