import MCPWire
import NIOCore
import NIOHTTP1

/// One request of a modern client, served by a process of a server that speaks an older revision, as pure state: every
/// event answers with the actions that follow from it.
///
/// The process serves nothing else meanwhile, so that whatever it says belongs to this call. When it asks the client
/// something, the client gets an `input_required` result and the process waits; a retry goes on where it stopped
/// (MCP 2026-07-28, patterns/mrtr).
struct BridgedCallState {
    enum Phase: Equatable {
        case calling
        /// The client has to answer questions. The answer to the call may have come meanwhile.
        case asking(finished: ScannedMessage?)
        /// The client left; the server was told.
        case cancelled
        case over
    }

    struct Question: Equatable {
        let key: String
        let id: MessageID
        let method: String
        /// As JSON.
        let params: String
    }

    /// Questions that may be open at a time.
    static let mostQuestions = 32

    /// The request that the client waits for: the first, or its latest retry.
    var request: ModernRequest
    let greeting: LegacyGreeting
    private let firstToken: MessageID?
    let seal: () -> String
    var phase = Phase.calling
    var questions: [Question] = []
    var asked = 0

    private static let callID = MessageID.text("slipway-call")
    private static let levelID = MessageID.text("slipway-level")

    /// Only these may be answered with `input_required`.
    static let mayAsk: Set = ["tools/call", "prompts/get", "resources/read"]

    /// The capability that a client declares for a question to be put to it.
    static let capabilities = [
        "elicitation/create": "elicitation", "sampling/createMessage": "sampling", "roots/list": "roots",
    ]

    /// - Parameter seal: makes the request state by which this call is found again.
    init(_ request: ModernRequest, greeting: LegacyGreeting, seal: @escaping () -> String) {
        self.request = request
        self.greeting = greeting
        self.seal = seal
        firstToken = request.message.envelope.progressToken
    }

    /// - Parameter level: the log level that the server was told last.
    func begin(level: String?) -> [BridgedCallAction] {
        var actions: [BridgedCallAction] = []
        if let wanted = request.logLevel, wanted != level, greeting.offers("logging") {
            let told = #""method":"logging/setLevel","params":{"level":\#(JSONText.quoted(wanted))}}"#
            actions.append(.toServer(Self.line(#"{"jsonrpc":"2.0","id":\#(Self.levelID.json),\#(told)"#)))
        }
        return actions + [.toServer(Self.renamed(request.message, to: Self.callID))]
    }

    mutating func serverSent(_ message: ScannedMessage) -> [BridgedCallAction] {
        switch message.envelope.kind {
        case .response: message.envelope.id == Self.callID ? answered(message) : []
        case .request: questioned(message)
        case .notification: notified(message)
        }
    }

    private mutating func answered(_ message: ScannedMessage) -> [BridgedCallAction] {
        switch phase {
        case .calling: return finish(message) + [.giveBack, .over]
        case .asking:
            phase = .asking(finished: message)
            return [.giveBack]
        case .cancelled:
            phase = .over
            return [.giveBack, .over]
        case .over: return []
        }
    }

    mutating func finish(_ message: ScannedMessage) -> [BridgedCallAction] {
        phase = .over
        let bytes = LegacyAnswer.modernized(message, to: request.id, of: request.method, by: greeting)
        return [.answer(bytes, ModernStatus.of(bytes, isError: message.envelope.isError))]
    }

    private func notified(_ message: ScannedMessage) -> [BridgedCallAction] {
        let method = message.envelope.method.name
        if SubscriptionFilter.all.carries(method, uri: nil) || method == "notifications/resources/updated" {
            return [.tellListeners(message)]
        }
        guard phase == .calling else { return [] }
        switch method {
        case "notifications/message": return request.logLevel == nil ? [] : [.push(message.bytes)]
        case "notifications/progress":
            guard let token = request.message.envelope.progressToken, message.envelope.progressToken == firstToken
            else {
                return []
            }
            return [.push(token == firstToken ? message.bytes : Self.retokened(message, to: token))]
        case "notifications/cancelled", "notifications/elicitation/complete": return []
        default: return [.push(message.bytes)]
        }
    }
}

/// Ends that nobody planned.
extension BridgedCallState {
    /// The client closed its connection: that cancels (MCP 2026-07-28, Streamable HTTP, "Cancellation").
    mutating func clientLeft() -> [BridgedCallAction] {
        guard phase == .calling else { return [] }
        phase = .cancelled
        let told = #""params":{"requestId":\#(Self.callID.json),"reason":"the client left"}}"#
        return [
            .toServer(Self.line(#"{"jsonrpc":"2.0","method":"notifications/cancelled",\#(told)"#)), .watchCancelled,
        ]
    }

    /// The server was given time to answer a call that nobody waits for, or the client to answer a question.
    mutating func timedOut() -> [BridgedCallAction] {
        switch phase {
        case .cancelled, .asking(finished: nil): end([.discard, .over])
        case .asking: end([.over])
        case .calling, .over: []
        }
    }

    /// The server's process is gone; `reason` completes "the server stopped: …".
    mutating func serverEnded(_ reason: String) -> [BridgedCallAction] {
        let error = JSONRPCError(
            code: JSONRPCError.internalError,
            message: "The MCP server stopped before it answered: \(reason)."
        )
        switch phase {
        case .calling: return end([.answer(error.response(to: request.id), .ok), .over])
        case .asking(finished: nil), .cancelled: return end([.over])
        case .asking, .over: return []
        }
    }

    private mutating func end(_ actions: [BridgedCallAction]) -> [BridgedCallAction] {
        phase = .over
        return actions
    }
}

/// Lines.
extension BridgedCallState {
    static func line(_ json: String) -> ByteBuffer { ByteBuffer(string: json + "\n") }

    private static func renamed(_ message: ScannedMessage, to id: MessageID) -> ByteBuffer {
        var edit = JSONEdit()
        if let range = JSONObject(in: message.bytes)?["id"] { edit.replace(range, with: id.json.utf8) }
        var line = edit.applied(to: message.bytes)
        line.writeStaticString("\n")
        return line
    }

    private static func retokened(_ message: ScannedMessage, to token: MessageID) -> ByteBuffer {
        let params = JSONObject(in: message.bytes)?.object("params", in: message.bytes)
        var edit = JSONEdit()
        if let range = params?["progressToken"] { edit.replace(range, with: token.json.utf8) }
        return edit.applied(to: message.bytes)
    }
}
