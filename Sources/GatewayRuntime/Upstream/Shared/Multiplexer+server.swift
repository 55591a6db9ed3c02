import MCPWire
import NIOCore

/// What the server says, and whom it belongs to.
extension Multiplexer {
    package mutating func serverSent(_ message: ScannedMessage) -> [Action] {
        switch message.envelope.kind {
        case .response: answered(message)
        case .request: asked(message)
        case .notification: notified(message)
        }
    }

    private mutating func answered(_ message: ScannedMessage) -> [Action] {
        guard let number = message.envelope.id?.gatewayNumber, let call = answeredCall(number) else {
            // A late answer to a cancelled call is nobody's fault.
            if let number = message.envelope.id?.gatewayNumber, wasGiven(number) { return [] }
            return [.note(.unmatchedResponse)]
        }
        switch call.purpose {
        case .housekeeping: return []
        case .hearing: return stoppedHearing(isRefusal: message.envelope.isError)
        case .handshake: return handshakeAnswered(message)
        case .call, .listen: break
        case .setLevel: if message.envelope.isError { levels.refused(call.seat) }
        case .subscribe(let uri): return subscribed(to: uri, call, message)
        }
        return bring(message, home: call, number)
    }

    /// The answer as its client expects it.
    func bring(_ message: ScannedMessage, home call: Call, _ number: Int) -> [Action] {
        guard let seat = call.seat, places[seat] != nil else { return [] }
        let namesStream = message.envelope.subscription?.gatewayNumber == number
        let rewriting = ScannedMessage.Rewriting(id: call.id, subscription: namesStream ? call.id : nil)
        return [.toSeat(seat, message.rewritten(rewriting))]
    }

    /// A line over the limit: the call it would have answered gets an error, where that can be told.
    package mutating func serverOverflowed(_ beginning: MessageScanner.Beginning, limit: Int) -> [Action] {
        let number: Int? =
            switch beginning {
            case .response(let id): id.gatewayNumber
            case .unknown: onlyNumber
            case .notResponse: nil
            }
        guard let number, let call = answeredCall(number) else { return [.note(.tooLong)] }
        let text = "The MCP server's answer is longer than the gateway's limit of \(limit) bytes for one message."
        let error = ScannedMessage.error(JSONRPCError(code: JSONRPCError.internalError, message: text), to: call.id)
        switch call.purpose {
        case .handshake: return [.note(.tooLong), .giveUp("its answer to initialize is over \(limit) bytes")]
        case .hearing: return [.note(.tooLong)] + stoppedHearing()
        case .subscribe(let uri): return [.note(.tooLong)] + subscribed(to: uri, call, error)
        case .call, .listen, .setLevel, .housekeeping: return [.note(.tooLong)] + bring(error, home: call, number)
        }
    }

    private mutating func notified(_ message: ScannedMessage) -> [Action] {
        let envelope = message.envelope
        if flavour == .modern, envelope.places.subscription != nil { return streamed(message) }
        switch envelope.method {
        case .progress: return progressed(message)
        case .cancelled: return withdrew(message)
        case .other(let method) where flavour == .legacy:
            if let actions = announced(method, message) { return actions }
        default: break
        }
        let seat = flavour == .legacy ? onlySeatEver : onlyCall?.seat
        if let seat { return [.toSeat(seat, message)] }
        guard envelope.method == .other("notifications/message") else { return dropUnaddressed() }
        return dropUnaddressed() + [.log(message.bytes)]
    }

    /// Legacy notifications that say whom they concern; `nil` for those that do not.
    private mutating func announced(_ method: String, _ message: ScannedMessage) -> [Action]? {
        switch method {
        case "notifications/tools/list_changed", "notifications/prompts/list_changed",
            "notifications/resources/list_changed":
            return places.keys.sorted().map { .toSeat($0, message) }
        case "notifications/resources/updated":
            return subscriptions.seats(concernedBy: message.uri).sorted().map { .toSeat($0, message) }
        default: return nil
        }
    }

    private mutating func progressed(_ message: ScannedMessage) -> [Action] {
        guard
            let call = message.envelope.progressToken?.gatewayNumber.flatMap({ calls[$0] }),
            let token = call.token, let seat = call.seat, places[seat] != nil
        else { return [] }
        return [.toSeat(seat, message.rewritten(.init(progressToken: token)))]
    }

    /// A notification of a modern stream; the stream is named after the request that opened it.
    private mutating func streamed(_ message: ScannedMessage) -> [Action] {
        let number = message.envelope.subscription?.gatewayNumber
        if let number, number == hearing { return heard(message) }
        guard let call = number.flatMap({ calls[$0] }), call.purpose == .listen, let seat = call.seat else {
            return dropUnaddressed()
        }
        let withdrawn = message.envelope.cancelled == message.envelope.subscription ? call.id : nil
        let carried = message.rewritten(.init(cancelled: withdrawn, subscription: call.id))
        return [.toSeat(seat, carried)] + overheard(message)
    }

    /// The server withdraws a question of its own, or ends a modern stream.
    private mutating func withdrew(_ message: ScannedMessage) -> [Action] {
        guard let id = message.envelope.cancelled else { return [] }
        if let number = id.gatewayNumber, number == hearing {
            _ = removeCall(number)
            return stoppedHearing()
        }
        if let (number, seat) = questions.withdrawn(id) {
            return [.toSeat(seat, message.rewritten(.init(cancelled: WrittenID(number))))]
        }
        guard
            flavour == .modern, let call = id.gatewayNumber.flatMap({ calls[$0] }), call.purpose == .listen,
            let seat = call.seat
        else { return [] }
        return [.toSeat(seat, message.rewritten(.init(cancelled: call.id)))]
    }
}

/// What the server asks.
extension Multiplexer {
    private mutating func asked(_ message: ScannedMessage) -> [Action] {
        let envelope = message.envelope
        guard let id = message.written(envelope.id, at: envelope.places.id) else { return [] }
        if envelope.method == .other("ping") { return [.toServer(ScannedMessage.emptyResult(to: id).line)] }
        guard flavour == .legacy, let seat = onlySeatEver else {
            return [.toServer(Self.refusal(of: id, unaddressedReason(envelope.method.name)))]
                + dropUnaddressed(.unaddressedQuestion)
        }
        let number = nextNumber()
        let token = message.written(envelope.progressToken, at: envelope.places.progressToken)
        guard questions.add(OpenQuestions.Question(seat: seat, id: id, token: token), as: number) else {
            return [.toServer(Self.refusal(of: id, "Too many questions are open, or one of the same id is."))]
        }
        let written = WrittenID(number)
        let rewriting = ScannedMessage.Rewriting(id: written, progressToken: token == nil ? nil : written)
        return [.toSeat(seat, message.rewritten(rewriting))]
    }

    private func unaddressedReason(_ method: String) -> String {
        switch flavour {
        case .legacy:
            "This server is shared by several clients, and \(method) does not say which of them is asked. "
                + "Run the gateway with --children session to let the server ask."
        case .modern: "MCP 2026-07-28: a server asks by a result of the type input_required, not by a request."
        }
    }

    static func refusal(of id: WrittenID, _ reason: String) -> ByteBuffer {
        ScannedMessage.error(JSONRPCError(code: JSONRPCError.methodNotFound, message: reason), to: id).line
    }
}
