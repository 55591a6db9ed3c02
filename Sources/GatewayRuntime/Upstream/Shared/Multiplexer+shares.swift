import MCPWire
import NIOCore

/// What clients of one server share: subscriptions and the log level.
extension Multiplexer {
    mutating func subscribe(_ message: ScannedMessage, _ id: WrittenID, from seat: Seat) -> [Action] {
        guard let uri = message.uri else { return [refuse(id, seat, JSONRPCError.invalidParams, Self.noURI)] }
        switch subscriptions.subscribe(seat, to: uri, id: id) {
        case .pass:
            let actions = pass(message, id, from: seat, for: .subscribe(uri))
            // It never reached the server.
            if case .toSeat? = actions.first { _ = subscriptions.answered(uri, askedBy: seat, isError: true) }
            return actions
        case .wait: return []
        case .done: return [acknowledge(id, seat)]
        case .tooMany:
            let text =
                "A client of a shared MCP server subscribes to at most \(ResourceSubscriptions.mostOfSeat) "
                + "resources, with URIs of at most \(ResourceSubscriptions.longestURI) bytes."
            return [refuse(id, seat, JSONRPCError.invalidParams, text)]
        }
    }

    /// The server answered a subscription: for the client whose request it got, and for those who waited with it.
    mutating func subscribed(to uri: String, _ call: Call, _ message: ScannedMessage) -> [Action] {
        let (waiting, isUnwanted) = subscriptions.answered(
            uri,
            askedBy: call.seat.flatMap { places[$0] == nil ? nil : $0 },
            isError: message.envelope.isError
        )
        let others = waiting.map { Action.toSeat($0.seat, message.rewritten(.init(id: $0.id))) }
        let actions = bring(message, home: call, 0) + others
        guard isUnwanted else { return actions }
        return actions + [housekeeping("resources/unsubscribe", #"{"uri":\#(JSONText.quoted(uri))}"#)]
    }

    mutating func unsubscribe(_ message: ScannedMessage, _ id: WrittenID, from seat: Seat) -> [Action] {
        guard let uri = message.uri else { return [refuse(id, seat, JSONRPCError.invalidParams, Self.noURI)] }
        guard subscriptions.unsubscribe(seat, from: uri) == .pass else { return [acknowledge(id, seat)] }
        return pass(message, id, from: seat, for: .call)
    }

    mutating func setLevel(_ message: ScannedMessage, _ id: WrittenID, from seat: Seat) -> [Action] {
        // What is no level is the server's to refuse.
        guard let level = message.parameter("level").flatMap(LogLevel.init) else {
            return pass(message, id, from: seat, for: .call)
        }
        guard let wanted = levels.set(level, for: seat) else { return [acknowledge(id, seat)] }
        guard wanted == level else {
            return [housekeeping("logging/setLevel", #"{"level":"\#(wanted.rawValue)"}"#), acknowledge(id, seat)]
        }
        return pass(message, id, from: seat, for: .setLevel)
    }

    private static let noURI = "The request names its resource by one uri, a string."
}

extension ScannedMessage {
    /// `params.uri`.
    var uri: String? { parameter("uri") }

    /// A member of `params` that is a string.
    func parameter(_ name: String) -> String? {
        envelope.params.flatMap { JSONObject(in: bytes, at: $0.lowerBound)?.string(name, in: bytes) }
    }
}
