import NIOCore
import Testing

@testable import MCPWire

@Suite struct `An event's id` {
    private func id(_ request: MessageID?) -> EventID {
        EventID(record: 0x0123_4567_89AB_CDEF, stream: 7, sequence: 4_000_000_000, request: request)
    }

    @Test(arguments: [nil, .number("17"), .number("-1.5e3"), .text("grüße \"1\""), .text("")] as [MessageID?])
    func `is read as it was written`(_ request: MessageID?) throws {
        let text = id(request).text
        #expect(EventID(text) == id(request))
        #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test func `leaves out a request id that is too long`() {
        let long = id(.text(String(repeating: "x", count: 65)))
        #expect(EventID(long.text) == id(nil))
    }

    @Test func `is nothing that nobody wrote`() {
        let text = id(.number("1")).text
        for other in [
            "", "1", "0", "_GET_stream", String(text.dropLast(8)), text + "AAAA", "é", "B" + text.dropFirst(),
        ] {
            #expect(EventID(other) == nil, "\(other)")
        }
        #expect(EventID(String(repeating: "A", count: 4000)) == nil)
        #expect(EventID(Base64URL.encode([1] + [UInt8](repeating: 0, count: 16) + [2, 0xFF])) == nil)
    }

    @Test(arguments: ["1,2", "1}", "1\n", "01", "", "1 ", "-", "true"])
    func `names no number that would break the answer`(_ digits: String) {
        #expect(EventID(id(.number(digits)).text)?.request != .number(digits))
    }

    @Test func `stands before its message`() {
        let event = ServerSentEvent.message(ByteBuffer(string: "{}"), id: "abc")
        #expect(String(buffer: event) == "id: abc\nevent: message\ndata: {}\n\n")
        #expect(String(buffer: ServerSentEvent.priming(id: "abc", retry: 5)) == "id: abc\nretry: 5\ndata:\n\n")
    }
}
