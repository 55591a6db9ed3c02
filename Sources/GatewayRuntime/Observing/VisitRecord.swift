import HTTPTransport
import MCPWire
import NIOHTTP1

/// What the log and the metrics will say of a request, gathered on its way.
struct VisitRecord {
    /// Whom to tell once the request is over.
    var observer: GatewayObserver?
    var names = RequestNames(request: "", trace: nil)
    var session: SessionUID?
    var isModern = false
    var revision: ProtocolRevision?
    /// The first message's method; `none` for an answer, and for requests without a body.
    var method = MessageEnvelope.Method.none
    var isBatch = false
    var tool: String?
    /// How many requests the message or the batch holds.
    var calls = 0
    /// The replica that the request was passed on to.
    var peer: HTTPTarget?
    /// A peer passed the request on to this replica.
    var isReceived = false
    var outcome: CallOutcome?
    var refusal: Refusal?

    /// Takes note of what was posted.
    mutating func carries(_ messages: [ScannedMessage], isBatch: Bool) {
        guard let first = messages.first?.envelope else { return }
        self.isBatch = isBatch
        method = first.method
        isModern = first.modernVersion != nil
        if let named = first.modernVersion ?? first.protocolVersion { revision = ProtocolRevision(rawValue: named) }
        calls = isBatch ? messages.count { $0.envelope.kind == .request } : first.kind == .request ? 1 : 0
        if case .other("tools/call") = first.method, !isBatch { tool = first.name }
    }

    /// The server's answer arrived; of several the worst counts.
    mutating func answered(_ envelope: MessageEnvelope) {
        if envelope.isError {
            outcome = .error
        } else if outcome != .error {
            outcome = envelope.isToolError ? .toolError : outcome ?? .succeeded
        }
    }

    /// The gateway answers in the server's place, unless the server did.
    mutating func failed() { if outcome == nil { outcome = .failed } }

    /// The outcome, now that the response is over.
    func settled(_ status: HTTPResponseStatus?, _ ending: HTTPEnding) -> CallOutcome {
        if refusal != nil { return .refused }
        switch ending {
        case .left: return .left
        case .cut: return .failed
        case .complete: break
        }
        if let outcome { return outcome }
        if status == .misdirectedRequest { return .elsewhere }
        if peer != nil { return .forwarded }
        return (status?.code ?? 500) < 400 ? .succeeded : .refused
    }

    /// The method as a label.
    var knownMethod: KnownMethod {
        switch method {
        case _ where isBatch: .batch
        case .none: .other
        case .other(let name): KnownMethod(name)
        default: KnownMethod(method.name)
        }
    }
}
