import MCPWire
import NIOCore

/// Answers that the gateway gives in the server's place.
extension ScannedMessage {
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
