import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `A glimpse of a streamed body` {
    private func id(_ text: String) -> MessageID? {
        var glimpse = BodyGlimpse()
        for start in stride(from: 0, to: text.utf8.count, by: 700) {
            glimpse.follow(ByteBuffer(string: String(text.dropFirst(start).prefix(700))))
        }
        return glimpse.request
    }

    private let padding = String(repeating: "x", count: 5_000)

    @Test func `tells the request's id from its beginning or its end`() {
        #expect(id(#"{"jsonrpc":"2.0","id":7,"method":"m","params":{"a":"\#(padding)"}}"#) == .number("7"))
        #expect(
            id(#"{"method":"m","params":{"id":1,"a":"\#(padding)","id":2},"jsonrpc":"2.0","id":"s"}"#) == .text("s"))
        #expect(id(#"{"method":"m","params":{"a":"\#(padding)"},"id":8}"# + "\n") == .number("8"))
    }

    @Test func `takes no id for the request's that is another's`() {
        #expect(id(#"{"jsonrpc":"2.0","method":"m","params":{"a":"\#(padding)","id":2}}"#) == nil)
        #expect(id(#"{"jsonrpc":"2.0","id":7,"result":{"a":"\#(padding)"}}"#) == nil)
        #expect(id(#"{"jsonrpc":"2.0","method":"m","params":{"a":"\#(padding)\"id\":5}"#) == nil)
    }
}
