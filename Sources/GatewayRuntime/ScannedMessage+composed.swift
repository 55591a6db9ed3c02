import MCPWire
import NIOCore

/// Messages that the gateway writes itself.
extension ScannedMessage {
    /// A message that the gateway composed of texts that were scanned before.
    static func composed(_ bytes: ByteBuffer) -> ScannedMessage {
        do throws(MessageScanner.Refusal) {
            return try ScannedMessage(scanning: bytes)
        } catch {
            // What was a message once is one still; if not, the server is the one to say so.
            return ScannedMessage(envelope: MessageEnvelope(kind: .notification), bytes: bytes)
        }
    }

    static func emptyResult(to id: WrittenID) -> ScannedMessage { composed(#","result":{}}"#, id, isError: false) }

    static func error(_ error: JSONRPCError, to id: WrittenID) -> ScannedMessage {
        let text = #","error":{"code":\#(error.code),"message":\#(JSONText.quoted(error.message))}}"#
        return composed(text, id, isError: true)
    }

    private static func composed(_ rest: String, _ id: WrittenID, isError: Bool) -> ScannedMessage {
        var bytes = ByteBuffer(string: #"{"jsonrpc":"2.0","id":"#)
        var envelope = MessageEnvelope(kind: .response)
        envelope.id = id.value
        envelope.isError = isError
        envelope.places.id = bytes.readableBytes..<(bytes.readableBytes + id.text.count)
        bytes.writeBytes(id.text)
        bytes.writeString(rest)
        return ScannedMessage(envelope: envelope, bytes: bytes)
    }
}
