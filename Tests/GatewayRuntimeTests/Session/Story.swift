import MCPWire
import NIOCore

@testable import GatewayRuntime

/// The beginnings that stories about sessions share.
enum Story {
    enum Failure: Error { case unexpected }

    static let parameters = Array(#"{"protocolVersion":"2025-06-18","capabilities":{}}"#.utf8)
    static let initialize = #"{"id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#

    static func message(_ json: String) throws -> ScannedMessage {
        try ScannedMessage(scanning: ByteBuffer(string: json))
    }

    /// A tools/call with a number as its id, and perhaps a progress token.
    static func call(_ id: Int, token: Int? = nil) throws -> ScannedMessage {
        let meta = token.map { #","_meta":{"progressToken":\#($0)}"# } ?? ""
        return try message(#"{"id":\#(id),"method":"tools/call","params":{"name":"t"\#(meta)}}"#)
    }

    /// A session whose `initialize` was answered.
    static func established() throws -> SessionStateMachine {
        var machine = SessionStateMachine(initializeParameters: parameters)
        _ = machine.begin(try message(initialize), on: 1, canStream: true)
        _ = machine.childSent(try message(#"{"id":0,"result":{"protocolVersion":"2025-06-18"}}"#))
        return machine
    }

    /// The id of the JSON-RPC error that an action answers with.
    static func errorID(_ action: SessionAction?) throws -> MessageID? {
        guard case .answer(_, let message, _)? = action else { throw Failure.unexpected }
        let envelope = try ScannedMessage(scanning: message).envelope
        guard envelope.isError else { throw Failure.unexpected }
        return envelope.id
    }
}
