/// The MCP server a gateway stands in front of.
package struct Server: Equatable, Sendable {
    package let transport: Transport
    /// The container image that holds the server, and the gateway unless `gatewayImage` does; nil until one is built.
    package let image: String?
    /// The image of a gateway in a container of its own, in front of a server that speaks HTTP.
    package let gatewayImage: String?
    /// The variables whose values come from Secrets Manager on AWS.
    package let secretKeys: [String]

    package init(
        transport: Transport,
        image: String? = nil,
        gatewayImage: String? = nil,
        secretKeys: [String] = []
    ) {
        self.transport = transport
        self.image = image
        self.gatewayImage = gatewayImage
        self.secretKeys = secretKeys
    }

    /// How the gateway reaches the server.
    package enum Transport: Equatable, Sendable {
        /// The words of the program the gateway starts and speaks to over stdin and stdout.
        case stdio(command: [String])
        /// The address, on the same machine, of a server that speaks streamable HTTP, and the program that the gateway
        /// starts for it; no words where somebody else starts it.
        case http(url: String, command: [String] = [])
    }
}

extension Server: Encodable {
    private enum CodingKeys: String, CodingKey {
        case command, url, image, gatewayImage, secretKeys
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch transport {
        case .stdio(let command): try fields.encode(command, forKey: .command)
        case .http(let url, let command):
            try fields.encode(url, forKey: .url)
            if !command.isEmpty { try fields.encode(command, forKey: .command) }
        }
        try fields.encodeIfPresent(image, forKey: .image)
        try fields.encodeIfPresent(gatewayImage, forKey: .gatewayImage)
        try fields.encode(secretKeys, forKey: .secretKeys)
    }
}
