import FleetModel

extension AWSRefusal {
    /// Reads the error of either protocol; what is neither is known by its status.
    init(service: AWSService, action: String, _ response: WebResponse) {
        let text = String(decoding: response.body.prefix(65536), as: UTF8.self)
        let (code, message) = Self.json(text) ?? Self.xml(text) ?? ("HTTP \(response.status)", "")
        self.init(
            service: service, action: action, status: response.status, code: code, message: String(message.prefix(1000))
        )
    }

    /// `{"__type": "com.amazonaws.ecs#ClusterNotFoundException", "message": "..."}`, with a capital in some services.
    private static func json(_ text: String) -> (String, String)? {
        struct Body: Decodable {
            let type: String?
            let message: String?
            let capitalMessage: String?

            enum CodingKeys: String, CodingKey {
                case type = "__type"
                case message
                case capitalMessage = "Message"
            }
        }
        guard let body = Body(json: text.utf8),
            let type = body.type
        else { return nil }
        let code = type.split(separator: "#").last.map(String.init) ?? type
        return (code, body.message ?? body.capitalMessage ?? "")
    }

    private static func xml(_ text: String) -> (String, String)? {
        guard let root = XMLElement(text) else { return nil }
        // EC2 has a list of errors; S3's answer is the error itself.
        let error = root.name == "Error" ? root : root["Error"] ?? root["Errors"]?["Error"]
        guard let error, let code = error.text("Code") else { return nil }
        return (code, error.text("Message") ?? "")
    }
}
