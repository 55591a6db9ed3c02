import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `A bridged call` {
    private static let info = #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s","version":"1"}}"#

    private static func greeting() throws -> LegacyGreeting {
        let text =
            #"{"jsonrpc":"2.0","id":1,"result":{"capabilities":{"logging":{}},"serverInfo":{"name":"s","version":"1"}}}"#
        return try #require(LegacyGreeting(ScannedMessage(scanning: ByteBuffer(string: text))))
    }

    private static func request(
        _ id: String,
        _ method: String = "tools/call",
        extra: String = #""name":"t""#,
        meta: String = #","progressToken":"p""#,
        capabilities: String = #"{"elicitation":{}}"#
    ) throws -> ModernRequest {
        let envelope =
            #""io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":\#(capabilities)"#
        let params = #"{\#(extra),"_meta":{\#(envelope)\#(meta)}}"#
        let text = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
        return try ModernRequest(ScannedMessage(scanning: ByteBuffer(string: text)))
    }

    private static func message(_ text: String) throws -> ScannedMessage {
        try ScannedMessage(scanning: ByteBuffer(string: text))
    }

    private static func state(_ request: ModernRequest) throws -> BridgedCallState {
        BridgedCallState(request, greeting: try greeting()) { "sealed" }
    }

    private static func answer(_ text: String, _ status: HTTPResponseStatus = .ok) -> BridgedCallAction {
        .answer(ByteBuffer(string: text), status)
    }

    private static let question =
        #"{"jsonrpc":"2.0","id":0,"method":"elicitation/create","params":{"message":"who?"}}"#
    private static let asked =
        #"{"jsonrpc":"2.0","id":"a","result":{"resultType":"input_required","#
        + #""inputRequests":{"slipway-1":{"method":"elicitation/create","params":{"message":"who?"}}},"#
        + #""requestState":"sealed",\#(info)}}"#

    @Test func `goes to the server under an id of its own, and comes back complete under the client's`() throws {
        var state = try Self.state(try Self.request(#""a""#))
        guard case .toServer(let line)? = state.begin(level: nil).first else { return #expect(Bool(false)) }
        #expect(String(buffer: line).hasPrefix(#"{"jsonrpc":"2.0","id":"slipway-call","method":"tools/call""#))
        let actions = state.serverSent(
            try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","result":{"content":[]}}"#))
        let expected = #"{"jsonrpc":"2.0","id":"a","result":{"resultType":"complete",\#(Self.info),"content":[]}}"#
        #expect(actions == [Self.answer(expected), .giveBack, .over])
    }

    @Test func `says of a list how long it may be kept, and leaves a result's own members`() throws {
        var state = try Self.state(try Self.request("7", "tools/list", extra: #""cursor":"c""#))
        let actions = state.serverSent(
            try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","result":{"tools":[],"_meta":{"x":1}}}"#)
        )
        let expected =
            #"{"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[],"#
            + #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s","version":"1"},"x":1}}}"#
        #expect(actions.first == Self.answer(expected))
    }

    @Test(arguments: [
        ("-32002", "-32602", HTTPResponseStatus.badRequest), ("-32601", "-32601", .notFound), ("5", "5", .ok),
    ])
    func `shows errors as the revision knows them`(old: String, new: String, status: HTTPResponseStatus) throws {
        var state = try Self.state(try Self.request("1"))
        let actions = state.serverSent(
            try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","error":{"code":\#(old),"message":"m"}}"#)
        )
        let expected = #"{"jsonrpc":"2.0","id":1,"error":{"code":\#(new),"message":"m"}}"#
        #expect(actions.first == Self.answer(expected, status))
    }

    @Test func `asks its client, and goes on when the client comes back`() throws {
        var state = try Self.state(try Self.request(#""a""#))
        #expect(state.serverSent(try Self.message(Self.question)) == [Self.answer(Self.asked), .awaitInput])
        let responses = #""name":"t","inputResponses":{"slipway-1":{"action":"accept"}}"#
        let retry = try Self.request(#""b""#, extra: responses, meta: #","progressToken":"q""#)
        #expect(state.accepts(retry))
        #expect(!state.accepts(try Self.request(#""b""#, extra: #""name":"other""#)))
        let told = #"{"jsonrpc":"2.0","id":0,"result":{"action":"accept"}}"# + "\n"
        #expect(state.retried(retry) == [.toServer(ByteBuffer(string: told))])
        let progress =
            #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1}}"#
        #expect(
            state.serverSent(try Self.message(progress))
                == [.push(ByteBuffer(string: progress.replacing(#""p""#, with: #""q""#)))]
        )
        let done = state.serverSent(try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","result":{}}"#))
        #expect(
            done.first == Self.answer(#"{"jsonrpc":"2.0","id":"b","result":{"resultType":"complete",\#(Self.info)}}"#))
        #expect(!state.accepts(retry))
    }

    @Test func `asks again for what a retry does not answer`() throws {
        var state = try Self.state(try Self.request(#""a""#))
        _ = state.serverSent(try Self.message(Self.question))
        #expect(state.retried(try Self.request(#""a""#)) == [Self.answer(Self.asked), .awaitInput])
    }

    @Test func `keeps an answer that comes before the client does`() throws {
        var state = try Self.state(try Self.request(#""a""#))
        _ = state.serverSent(try Self.message(Self.question))
        #expect(
            state.serverSent(try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","result":{}}"#)) == [.giveBack])
        #expect(state.serverEnded("gone").isEmpty)
        let result = #"{"jsonrpc":"2.0","id":2,"result":{"resultType":"complete",\#(Self.info)}}"#
        #expect(state.retried(try Self.request("2")) == [Self.answer(result), .over])
    }

    @Test(arguments: [("{}", "tools/call"), (#"{"elicitation":{}}"#, "tools/list")])
    func `refuses a question that its client can't be asked`(capabilities: String, method: String) throws {
        var state = try Self.state(try Self.request("1", method, capabilities: capabilities))
        guard case .toServer(let line)? = state.serverSent(try Self.message(Self.question)).first else {
            return #expect(Bool(false))
        }
        #expect(String(buffer: line).contains(#""id":0,"error":{"code":-32601"#))
    }

    @Test func `sends log messages to a client that asked for them only`() throws {
        let log = try Self.message(
            #"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}"#)
        var quiet = try Self.state(try Self.request("1"))
        #expect(quiet.serverSent(log).isEmpty)
        let request = try Self.request("1", meta: #","io.modelcontextprotocol/logLevel":"info""#)
        var loud = try Self.state(request)
        #expect(loud.serverSent(log) == [.push(log.bytes)])
        #expect(loud.begin(level: nil).count == 2)
        #expect(loud.begin(level: "info").count == 1)
    }

    @Test func `tells its server when the client leaves, and has it thrown away where that changes nothing`() throws {
        var state = try Self.state(try Self.request("1"))
        let told = state.clientLeft()
        #expect(told.last == .watchCancelled)
        guard case .toServer(let line)? = told.first else { return #expect(Bool(false)) }
        #expect(
            String(buffer: line).contains(#""method":"notifications/cancelled","params":{"requestId":"slipway-call""#))
        var late = state
        #expect(state.timedOut() == [.discard, .over])
        #expect(
            late.serverSent(try Self.message(#"{"jsonrpc":"2.0","id":"slipway-call","result":{}}"#)) == [
                .giveBack, .over,
            ]
        )
    }

    @Test func `ends in words with its server, and forgets a client that never answers`() throws {
        var state = try Self.state(try Self.request("1"))
        let ended = state.serverEnded("it exited")
        #expect(ended.last == .over)
        guard case .answer(let error, .ok)? = ended.first else { return #expect(Bool(false)) }
        #expect(String(buffer: error).contains(#""id":1,"error":{"code":-32603"#))
        var asking = try Self.state(try Self.request("1"))
        _ = asking.serverSent(try Self.message(Self.question))
        #expect(asking.clientLeft().isEmpty)
        #expect(asking.timedOut() == [.discard, .over])
    }
}
