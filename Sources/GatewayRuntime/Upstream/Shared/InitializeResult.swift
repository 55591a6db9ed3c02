import MCPWire
import NIOCore

/// A server's answer to `initialize`, to be given to many clients.
struct InitializeResult: Equatable {
    private let message: ScannedMessage
    private let version: Range<Int>?

    /// Takes out what a shared server can't offer: tasks, which would show one client another's (MCP 2025-11-25). `nil`
    /// where the message is no answer to `initialize`, or one that two parsers could read differently.
    init?(_ answer: ScannedMessage) {
        guard
            let result = JSONObject(in: answer.bytes)?.object("result", in: answer.bytes),
            result.string("protocolVersion", in: answer.bytes) != nil
        else { return nil }
        var edit = JSONEdit()
        if let capabilities = result.object("capabilities", in: answer.bytes) {
            edit.remove("tasks", from: capabilities, in: answer.bytes)
        }
        do throws(MessageScanner.Refusal) {
            message = try ScannedMessage(scanning: edit.applied(to: answer.bytes))
        } catch {
            return nil
        }
        version = JSONObject(in: message.bytes)?.object("result", in: message.bytes)?["protocolVersion"]
    }

    /// The answer to one client's `initialize`.
    ///
    /// The server speaks the revision that the gateway agreed on with it. A client that asked for an older one which
    /// the gateway serves gets that: what later revisions added is optional for whoever reads it. Any other client gets
    /// the server's, and judges for itself.
    func answer(to id: WrittenID, asking wanted: String?) -> ScannedMessage {
        guard
            let version, let wanted, let spoken = message.envelope.protocolVersion, wanted < spoken,
            ProtocolRevision(rawValue: wanted).map({ !$0.isModern }) == true
        else { return message.rewritten(.init(id: id)) }
        var edit = JSONEdit()
        edit.replace(version, with: JSONText.quoted(wanted).utf8)
        if let place = message.envelope.places.id { edit.replace(place, with: id.text) }
        var envelope = message.envelope
        envelope.id = id.value
        envelope.protocolVersion = wanted
        // Its places moved; whoever gets an answer only reads it.
        envelope.places = MessageEnvelope.Places()
        return ScannedMessage(envelope: envelope, bytes: edit.applied(to: message.bytes))
    }
}
