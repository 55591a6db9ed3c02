import Foundation
import NIOCore
import Testing

@testable import MCPWire

@Suite struct ComposedTextTests {
    @Test func `any text survives being quoted`() throws {
        var random = SplitMix(state: 3)
        for _ in 0..<500 {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random)) }
            let text = String(String.UnicodeScalarView(scalars))
            let decoded = try JSONDecoder().decode([String].self, from: Data("[\(JSONText.quoted(text))]".utf8))
            #expect(decoded == [text])
        }
        #expect(!JSONText.quoted("a\nb\r\u{2028}\u{1}").utf8.contains { $0 < 0x20 })
    }

    @Test func `an error answers the id it was asked with`() throws {
        let error = JSONRPCError(code: -32603, message: "it \"broke\"")
        for id in [MessageID.number("12"), .text("a\"b"), nil] {
            let envelope = try ScannedMessage(scanning: error.response(to: id)).envelope
            #expect(envelope.kind == .response)
            #expect(envelope.isError)
            #expect(envelope.id == id)
        }
    }

    @Test func `an event frames one message`() {
        let event = ServerSentEvent.message(ByteBuffer(string: #"{"a":1}"#))
        #expect(String(buffer: event) == "event: message\ndata: {\"a\":1}\n\n")
        #expect(String(buffer: ServerSentEvent.keepAlive).hasPrefix(":"))
    }
}
