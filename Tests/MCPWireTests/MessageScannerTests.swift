import NIOCore
import Testing

@testable import MCPWire

@Suite struct MessageScannerTests {
    private func scan(_ text: String) throws -> MessageEnvelope {
        try ScannedMessage(scanning: ByteBuffer(string: text)).envelope
    }

    private func refusal(of text: String) -> String? {
        do throws(MessageScanner.Refusal) {
            _ = try ScannedMessage(scanning: ByteBuffer(string: text))
            return nil
        } catch {
            switch error {
            case .malformed: return "malformed"
            case .invalid: return "invalid"
            }
        }
    }

    private func beginning(_ text: String) -> MessageScanner.Beginning {
        let bytes = ByteBuffer(string: text)
        return MessageScanner.beginning(bytes.readableBytesUInt8Span)
    }

    private func parts(ofBatch text: String) throws -> [String] {
        let bytes = ByteBuffer(string: text)
        return try MessageBatch.split(bytes.readableBytesUInt8Span).map { range in
            String(decoding: bytes.readableBytesView[range], as: UTF8.self)
        }
    }

    @Test func `a request gives its id, method and parameters`() throws {
        let text = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"id":9}}}"#
        let envelope = try scan(text)
        #expect(envelope.kind == .request)
        #expect(envelope.id == .number("7"))
        #expect(envelope.method == .other("tools/call"))
        let parameters = try #require(envelope.params)
        #expect(String(decoding: Array(text.utf8)[parameters], as: UTF8.self).hasPrefix(#"{"name":"echo""#))
    }

    @Test func `the order of the members does not matter`() throws {
        let envelope = try scan(#"{"params":{"name":"x"},"method":"tools/call","id":"a","jsonrpc":"2.0"}"#)
        #expect(envelope.id == .text("a"))
    }

    @Test func `a message without an id is a notification`() throws {
        let envelope = try scan(#"{"method":"notifications/cancelled","params":{"requestId":"7"}}"#)
        #expect(envelope.kind == .notification)
        #expect(envelope.method == .cancelled)
        #expect(envelope.cancelled == .text("7"))
    }

    @Test func `a result and an error are responses`() throws {
        #expect(try scan(#"{"id":1,"result":{}}"#).kind == .response)
        let error = try scan(#"{"id":1,"error":{"code":-32600,"message":"no","id":5}}"#)
        #expect(error.kind == .response)
        #expect(error.isError)
        #expect(error.id == .number("1"))
    }

    @Test func `a response to no request in particular has no id`() throws {
        let envelope = try scan(#"{"id":null,"error":{"code":-32700,"message":"?"}}"#)
        #expect(envelope.kind == .response)
        #expect(envelope.id == nil)
    }

    @Test func `a call names its tool, and an answer says whether the tool succeeded`() throws {
        let call = try scan(#"{"id":1,"method":"tools/call","params":{"arguments":{"name":"no"},"name":"\u0065cho"}}"#)
        #expect(call.name == "echo")
        #expect(try scan(#"{"id":1,"method":"x","params":{"name":7}}"#).name == nil)
        #expect(refusal(of: #"{"id":1,"method":"tools/call","params":{"name":"a","name":"b"}}"#) == "invalid")
        #expect(try scan(#"{"id":1,"result":{"content":[{"isError":true}]}}"#).isToolError == false)
        #expect(try scan(#"{"id":1,"result":{"isError":true,"content":[]}}"#).isToolError)
        #expect(try scan(#"{"id":1,"result":{"isError":false}}"#).isToolError == false)
    }

    @Test func `an id that is written with escapes is the same id`() throws {
        #expect(try scan(#"{"id":"\u00e9\ud83d\ude00\n","result":1}"#).id == .text("é😀\n"))
        #expect(try scan(#"{"id":"é😀\n","result":1}"#).id == .text("é😀\n"))
    }

    @Test func `a text and a number are never the same id`() throws {
        #expect(try scan(#"{"id":"1","result":1}"#).id != (try scan(#"{"id":1,"result":1}"#).id))
    }

    @Test func `an escaped member name is the member it names`() throws {
        let envelope = try scan(#"{"\u006dethod":"initialize","i\u0064":3,"params":{}}"#)
        #expect(envelope.method == .initialize)
        #expect(envelope.id == .number("3"))
    }

    @Test func `fields of the same name deeper down are nobody's`() throws {
        let text = #"{"id":1,"method":"tools/call","params":{"arguments":{"_meta":{"progressToken":4},"name":"no"}}}"#
        let envelope = try scan(text)
        #expect(envelope.progressToken == nil)
    }

    @Test func `progress tokens are found on requests and on progress`() throws {
        let request = try scan(#"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":"t"}}}"#)
        #expect(request.progressToken == .text("t"))
        let progress = try scan(#"{"method":"notifications/progress","params":{"progressToken":5,"progress":1}}"#)
        #expect(progress.method == .progress)
        #expect(progress.progressToken == .number("5"))
    }

    @Test func `the revision is read from initialize, its answer and the modern envelope`() throws {
        #expect(
            try scan(#"{"id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#).protocolVersion
                == "2025-06-18"
        )
        #expect(try scan(#"{"id":1,"result":{"protocolVersion":"2025-03-26"}}"#).protocolVersion == "2025-03-26")
        let modern =
            #"{"id":1,"method":"x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#
        #expect(try scan(modern).modernVersion == "2026-07-28")
    }

    @Test(arguments: [
        #"{"id":1,"id":2,"method":"a"}"#, #"{"method":"a","method":"b"}"#, #"{"method":"a","params":{},"params":{}}"#,
        #"{"method":"a","\u006dethod":"b"}"#, #"{"id":null,"method":"a"}"#, #"{"id":[1],"method":"a"}"#,
        #"{"id":true,"method":"a"}"#, #"{"method":5}"#, #"{"id":1}"#, "{}", #"{"id":1,"method":"a","result":1}"#,
    ])
    func `JSON that is no JSON-RPC message is refused as invalid`(_ text: String) {
        #expect(refusal(of: text) == "invalid")
    }

    @Test(arguments: [
        "", " ", "[]", "1", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":01}"#, #"{"a":1.}"#,
        #"{"a":-}"#, #"{"a":1e}"#, #"{"a":tru}"#, #"{"a":"b}"#, #"{"a":"\x"}"#, #"{"a":"\u12g4"}"#, "{\"a\":\"\n\"}",
        #"{"a":1} x"#, #"{"a":[1,2}"#, #"{"method":"a"}{"method":"b"}"#,
    ])
    func `what is not one JSON object is refused as malformed`(_ text: String) {
        #expect(refusal(of: text) == "malformed")
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xF0, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
        let text = Array(#"{"method":""#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(throws: MessageScanner.Refusal.self) { try ScannedMessage(scanning: ByteBuffer(bytes: text)) }
    }

    @Test func `ids, methods and batches have bounds`() throws {
        let long = String(repeating: "a", count: 2_000)
        #expect(refusal(of: #"{"id":"\#(long)","method":"a"}"#) == "invalid")
        #expect(refusal(of: #"{"id":1,"method":"\#(long)"}"#) == "invalid")
        #expect(refusal(of: #"{"id":\#(String(repeating: "1", count: 2_000)),"method":"a"}"#) == "invalid")
        let batch = (0..<101).map { _ in "{}" }.joined(separator: ",")
        #expect(throws: MalformedJSON.self) { try parts(ofBatch: "[\(batch)]") }
    }

    @Test func `nesting is bounded`() {
        let deep = #"{"method":"a","params":"# + String(repeating: "[", count: 5_000)
        #expect(throws: MessageScanner.Refusal.self) { try scan(deep) }
    }

    @Test func `line breaks between tokens are flattened in the line for the child`() throws {
        let message = try ScannedMessage(scanning: ByteBuffer(string: "{\r\n\"method\":\"a\\n\"\n}"))
        #expect(message.envelope.hasLineBreaks)
        #expect(String(buffer: message.line) == "{  \"method\":\"a\\n\" }\n")
        #expect(try !scan(#"{"method":"a\n"}"#).hasLineBreaks)
    }

    @Test func `the id of a cut answer is found where it stands before the cut`() {
        #expect(beginning(#"{"jsonrpc":"2.0","id":"x","result":{"text":"aaaa"#) == .response(.text("x")))
        #expect(beginning(#"{"jsonrpc":"2.0","result":{"text":"aaaa"#) == .unknown)
        #expect(beginning(#"{"id":4,"method":"sampling/createMessage","params":{"a"#) == .notResponse)
        #expect(beginning(#"{"method":"notifications/message","params":{"a"#) == .notResponse)
    }

    @Test func `a cut message is never taken for another's answer`() {
        #expect(beginning(#"{"jsonrpc":"2.0","result":{},"id":12"#) == .unknown)
        #expect(beginning(#"{"jsonrpc":"2.0","result":{},"id":12}"#) == .response(.number("12")))
        #expect(beginning(#"{"jsonrpc":"2.0","id":12,"params":{"text":"aaaa"#) == .unknown)
        let cut = ByteBuffer(string: #"{"jsonrpc":"2.0","id":12"#)
        #expect(MessageScanner.requestID(inBeginning: cut.readableBytesUInt8Span) == nil)
    }

    @Test func `two spellings of a letter are two ids`() {
        #expect(MessageID.text("\u{E9}") != .text("e\u{301}"))
        #expect(MessageID.text("1") != .number("1"))
        #expect(Set([MessageID.text("\u{E9}"), .text("e\u{301}"), .text("\u{E9}")]).count == 2)
    }

    @Test func `a batch is split into its messages`() throws {
        #expect(try parts(ofBatch: " [ {\"id\":1} , {\"id\":[2,\"]\"]} ] ") == [#"{"id":1}"#, #"{"id":[2,"]"]}"#])
        #expect(try parts(ofBatch: "[]").isEmpty)
        #expect(throws: MalformedJSON.self) { try parts(ofBatch: "[{},]") }
        #expect(throws: MalformedJSON.self) { try parts(ofBatch: "[{}] x") }
        #expect(throws: MalformedJSON.self) { try parts(ofBatch: "[] x") }
    }
}
