import NIOCore

/// A request of revision 2026-07-28, with what the gateway needs to know of it beyond its envelope.
///
/// Every request carries its own protocol version and client capabilities (MCP 2026-07-28, basic/index, "Per-request
/// protocol fields"). Texts are the bytes of the message, JSON syntax included.
package struct ModernRequest: Equatable, Sendable {
    /// The keys of `params._meta`, and of the `_meta` in results and notifications, that the protocol defines.
    package enum MetaKey {
        package static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
        package static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
        package static let logLevel = "io.modelcontextprotocol/logLevel"
        package static let serverInfo = "io.modelcontextprotocol/serverInfo"
        package static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    }

    /// Why a message is no modern request.
    package enum Refusal: Error, Equatable, Sendable {
        /// Keys of `params._meta` that are missing or of the wrong type.
        case envelope([String])
    }

    package let message: ScannedMessage
    package let id: MessageID
    package let method: String
    package let protocolVersion: String
    /// An object, as JSON.
    package let clientCapabilities: String
    /// The least severe log level that the client wants to hear of; `nil` for none.
    package let logLevel: String?
    /// What `Mcp-Name` has to say, for the methods that have it.
    package let name: String?
    /// What the server gave to find its place again: in a retry of a request that needed input.
    package let requestState: String?
    /// The answers of a retry, by the key of their question.
    package let inputResponses: [String: String]
    /// Resource URIs, and which lists, `subscriptions/listen` asks to hear of.
    package let filter: SubscriptionFilter?

    /// The parameter that `Mcp-Name` mirrors (Streamable HTTP, "Standard headers"; the tasks extension, SEP-2663).
    package static let mirroredParameters = [
        "tools/call": "name", "prompts/get": "name", "resources/read": "uri",
        "tasks/get": "taskId", "tasks/update": "taskId", "tasks/cancel": "taskId",
    ]

    /// - Parameter message: a request; its routing fields were checked by the scanner.
    package init(_ message: ScannedMessage) throws(Refusal) {
        let text = message.bytes
        let whole = JSONObject(in: text)
        let params = whole?.object("params", in: text)
        let meta = params?.object("_meta", in: text)
        let capabilities = meta?.object(MetaKey.clientCapabilities, in: text)
        var missing: [String] = []
        if message.envelope.modernVersion == nil { missing.append(MetaKey.protocolVersion) }
        if capabilities == nil { missing.append(MetaKey.clientCapabilities) }
        guard let id = message.envelope.id, let version = message.envelope.modernVersion, let capabilities,
            missing.isEmpty
        else { throw .envelope(missing) }
        self.message = message
        self.id = id
        method = message.envelope.method.name
        protocolVersion = version
        clientCapabilities = text.json(at: capabilities.range)
        logLevel = meta?.string(MetaKey.logLevel, in: text)
        name = Self.mirroredParameters[method].flatMap { params?.string($0, in: text) }
        requestState = params?.string("requestState", in: text)
        let responses = params?.object("inputResponses", in: text)?.members ?? []
        inputResponses = Dictionary(uniqueKeysWithValues: responses.map { ($0.name, text.json(at: $0.value)) })
        filter =
            method == "subscriptions/listen"
            ? SubscriptionFilter(params?.object("notifications", in: text), in: text) : nil
    }

    /// Whether the client declared a capability, such as `elicitation`.
    package func declares(_ capability: String) -> Bool {
        JSONObject(in: ByteBuffer(string: clientCapabilities))?[capability] != nil
    }
}

extension ByteBuffer {
    /// The text of a range of the readable bytes.
    package func json(at range: Range<Int>) -> String {
        getString(at: readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
