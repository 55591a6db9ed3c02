/// What the gateway needs to know of one JSON-RPC message to route it; the message itself is never decoded.
///
/// Ranges are byte offsets in the text that was scanned, JSON syntax (quotes, brackets) included.
package struct MessageEnvelope: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case request
        case notification
        /// A result or an error; `id` names the request that it answers.
        case response
    }

    package var kind: Kind
    /// Of a request or a response. `nil` on notifications, and on an error response to no request in particular.
    package var id: MessageID?
    package var method: Method = .none
    /// `params`, where the message has it.
    package var params: Range<Int>?
    /// `params.requestId` of notifications/cancelled.
    package var cancelled: MessageID?
    /// `params.name`: of the tool or prompt that a request asks for.
    package var name: String?
    /// `params._meta.progressToken` of a request, `params.progressToken` of notifications/progress.
    package var progressToken: MessageID?
    /// `_meta["io.modelcontextprotocol/subscriptionId"]` of a notification's params or of a result (MCP 2026-07-28).
    package var subscription: MessageID?
    /// `params.protocolVersion` of an initialize request, `result.protocolVersion` of its answer.
    package var protocolVersion: String?
    /// `params._meta["io.modelcontextprotocol/protocolVersion"]`: its presence makes the message a modern one;
    /// empty where it is no string.
    package var modernVersion: String?
    /// `result.resultType`: what kind of result a modern server gave.
    package var resultType: String?
    /// Whether a response carries `error` rather than `result`.
    package var isError = false
    /// Whether `result.isError` is true: the tool ran, and says that it did not succeed.
    package var isToolError = false
    /// Line breaks stand between the text's tokens.
    package var hasLineBreaks = false
    package var places = Places()

    /// Where the fields stand that name a request: what a gateway has to write anew when several clients share a server.
    ///
    /// A place without its field in the envelope holds something that is no id and not null either.
    package struct Places: Equatable, Sendable {
        package var id: Range<Int>?
        package var cancelled: Range<Int>?
        package var progressToken: Range<Int>?
        package var subscription: Range<Int>?

        package init() {}
    }

    package init(kind: Kind) { self.kind = kind }
}

extension MessageEnvelope {
    /// The method, as far as the gateway treats it specially.
    package enum Method: Equatable, Sendable {
        case none
        case initialize
        case initialized
        case cancelled
        case progress
        case other(String)

        init(_ name: String) {
            self =
                switch name {
                case "initialize": .initialize
                case "notifications/initialized": .initialized
                case "notifications/cancelled": .cancelled
                case "notifications/progress": .progress
                default: .other(name)
                }
        }

        /// The method as it stands on the wire; empty on a response.
        package var name: String {
            switch self {
            case .none: ""
            case .initialize: "initialize"
            case .initialized: "notifications/initialized"
            case .cancelled: "notifications/cancelled"
            case .progress: "notifications/progress"
            case .other(let name): name
            }
        }
    }
}
