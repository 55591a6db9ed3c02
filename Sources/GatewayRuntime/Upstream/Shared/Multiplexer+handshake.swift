import MCPWire
import NIOCore

/// Beginning with a legacy server.
extension Multiplexer {
    /// The gateway introduces itself as a client that can do nothing but call: a server that was told of elicitation,
    /// sampling or roots would use them, and what it asks names no client. So every client finds the same server,
    /// whoever came first.
    mutating func beginHandshake() -> [Action] {
        let number = nextNumber()
        calls[number] = Call(seat: nil, id: WrittenID(number), token: nil, purpose: .handshake)
        let line = """
            {"jsonrpc":"2.0","id":\(number),"method":"initialize","params":{\
            "protocolVersion":"\(ProtocolRevision.november2025.rawValue)","capabilities":{},\
            "clientInfo":{"name":"slipway-gateway","version":"\(GatewayVersion.current)"}}}

            """
        return [.toServer(ByteBuffer(string: line))]
    }

    private static let initialized = ByteBuffer(
        string: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"# + "\n"
    )

    mutating func initialize(_ id: WrittenID, version: String?, from seat: Seat) -> [Action] {
        if let result = handshake.result { return [.toSeat(seat, result.answer(to: id, asking: version))] }
        handshake.wait(Handshake.Asking(seat: seat, id: id, version: version))
        return []
    }

    mutating func handshakeAnswered(_ message: ScannedMessage) -> [Action] {
        guard !message.envelope.isError else {
            let waiting = handshake.finish(nil)
            return waiting.asking.map { .toSeat($0.seat, message.rewritten(.init(id: $0.id))) }
                + [.giveUp("it refused initialize")]
        }
        guard let result = InitializeResult(message) else {
            return [.giveUp("its answer to initialize can't be used")]
        }
        let waiting = handshake.finish(result)
        var actions: [Action] = [.toServer(Self.initialized)]
        for client in waiting.asking {
            actions.append(.toSeat(client.seat, result.answer(to: client.id, asking: client.version)))
        }
        for (seat, message) in waiting.held { actions += clientSent(message, from: seat) }
        return actions
    }
}
