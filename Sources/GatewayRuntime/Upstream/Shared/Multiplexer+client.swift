import MCPWire
import NIOCore

/// What a client says.
extension Multiplexer {
    package mutating func clientSent(_ message: ScannedMessage, from seat: Seat) -> [Action] {
        guard places[seat] != nil else { return [] }
        switch message.envelope.kind {
        case .request: return requested(message, by: seat)
        case .response: return answered(message, by: seat)
        case .notification: return notified(message, by: seat)
        }
    }

    private mutating func requested(_ message: ScannedMessage, by seat: Seat) -> [Action] {
        let envelope = message.envelope
        guard let id = message.written(envelope.id, at: envelope.places.id) else { return [] }
        if envelope.hasLookalikes {
            let text = "The names of id, params, _meta and progressToken have one spelling."
            return [refuse(id, seat, JSONRPCError.invalidRequest, text)]
        }
        if envelope.progressToken == nil, envelope.places.progressToken != nil {
            return [refuse(id, seat, JSONRPCError.invalidParams, "A progress token is a string or a number.")]
        }
        guard flavour == .legacy else {
            let isListen = envelope.method == .other("subscriptions/listen")
            return pass(message, id, from: seat, for: isListen ? .listen : .call)
        }
        guard handshake.isDone || envelope.method == .initialize else {
            guard !handshake.hold(message, from: seat) else { return [] }
            return [refuse(id, seat, JSONRPCError.internalError, "The MCP server is still starting.")]
        }
        switch envelope.method {
        case .initialize: return initialize(id, version: envelope.protocolVersion, from: seat)
        case .other("resources/subscribe"): return subscribe(message, id, from: seat)
        case .other("resources/unsubscribe"): return unsubscribe(message, id, from: seat)
        case .other("logging/setLevel"): return setLevel(message, id, from: seat)
        case .other(let method) where method.hasPrefix("tasks/"):
            // A list of tasks, or a guessed name of one, would show one client another's (MCP 2025-11-25, Tasks).
            return [refuse(id, seat, JSONRPCError.methodNotFound, "A shared MCP server offers no tasks.")]
        default: return pass(message, id, from: seat, for: .call)
        }
    }

    /// Sends a request on under a number of the gateway's own.
    mutating func pass(
        _ message: ScannedMessage,
        _ id: WrittenID,
        from seat: Seat,
        for purpose: Purpose
    ) -> [Action] {
        guard calls.count < Self.mostCalls, places[seat].map({ $0.calls.count < Self.mostCallsOfSeat }) == true else {
            return [refuse(id, seat, JSONRPCError.internalError, "The MCP server has too many calls in flight.")]
        }
        let envelope = message.envelope
        let number = nextNumber()
        let written = WrittenID(number)
        let token = message.written(envelope.progressToken, at: envelope.places.progressToken)
        calls[number] = Call(seat: seat, id: id, token: token, purpose: purpose)
        // An older call under the same id was cancelled, or its client broke the rules: its answer belongs to nobody.
        if let former = places[seat]?.calls.updateValue(number, forKey: id.value) { calls[former] = nil }
        return [.toServer(message.rewrittenLine(.init(id: written, progressToken: token == nil ? nil : written)))]
    }

    private mutating func answered(_ message: ScannedMessage, by seat: Seat) -> [Action] {
        guard
            !message.envelope.hasLookalikes,
            let number = message.envelope.id?.gatewayNumber,
            let question = questions.answered(number, by: seat)
        else { return [] }
        return [.toServer(message.rewrittenLine(.init(id: question.id)))]
    }

    private mutating func notified(_ message: ScannedMessage, by seat: Seat) -> [Action] {
        let envelope = message.envelope
        guard !envelope.hasLookalikes else { return [] }
        switch envelope.method {
        case .initialized where flavour == .legacy: return []
        // The server was told of a client without roots.
        case .other("notifications/roots/list_changed") where onlySeatEver == nil: return []
        case .cancelled:
            guard let id = envelope.cancelled, let number = cancelled(id, by: seat) else { return [] }
            return [.toServer(message.rewrittenLine(.init(cancelled: WrittenID(number))))]
        case .progress:
            guard
                let number = envelope.progressToken?.gatewayNumber,
                let token = questions.open(number, with: seat)?.token
            else { return [] }
            return [.toServer(message.rewrittenLine(.init(progressToken: token)))]
        default:
            guard flavour == .modern || handshake.isDone else {
                _ = handshake.hold(message, from: seat)
                return []
            }
            return [.toServer(message.line)]
        }
    }

    /// Answers a request in the server's place.
    func refuse(_ id: WrittenID, _ seat: Seat, _ code: Int, _ reason: String) -> Action {
        .toSeat(seat, .error(JSONRPCError(code: code, message: reason), to: id))
    }

    func acknowledge(_ id: WrittenID, _ seat: Seat) -> Action { .toSeat(seat, .emptyResult(to: id)) }
}
