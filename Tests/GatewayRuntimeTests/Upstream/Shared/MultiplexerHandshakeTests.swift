import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// One `initialize` for many.
@Suite struct MultiplexerHandshakeTests {
    private static func initialize(_ id: String, _ version: String = "2025-06-18") -> String {
        #"{"id":\#(id),"method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":{"roots":{}}}}"#
    }

    @Test func `the server is greeted once, by a client that can do nothing but call`() throws {
        var multiplexer = Multiplexer(.legacy)
        let actions = multiplexer.begin()
        guard case .toServer(let line)? = actions.first, actions.count == 1 else {
            Issue.record("\(actions)")
            return
        }
        let greeting = try ScannedMessage(scanning: line)
        #expect(greeting.envelope.method == .initialize)
        #expect(greeting.envelope.protocolVersion == "2025-11-25")
        #expect(String(buffer: line).contains(#""capabilities":{}"#))
    }

    @Test func `clients that come before the server is ready get its answer under their own ids`() throws {
        var table = SharedTable(.legacy, waiting: 3)
        #expect(try table.client(1, Self.initialize("0")) == [])
        #expect(try table.client(2, Self.initialize(#""0""#)) == [])
        #expect(try table.client(3, Self.initialize("0")) == [])
        #expect(table.leave(3) == [])
        #expect(try table.client(1, #"{"id":1,"method":"tools/list"}"#) == [])
        let result = #""result":{"protocolVersion":"2025-06-18","serverInfo":{"name":"s"}}"#
        #expect(
            try table.server(#"{"jsonrpc":"2.0","id":1,\#(result)}"#) == [
                #"→ {"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                #"1 ← {"jsonrpc":"2.0","id":0,\#(result)}"#,
                #"2 ← {"jsonrpc":"2.0","id":"0",\#(result)}"#,
                #"→ {"id":2,"method":"tools/list"}"#,
            ]
        )
        #expect(try table.client(1, #"{"method":"notifications/initialized"}"#) == [])
        let late = table.multiplexer.takeSeat()
        #expect(try table.client(late, Self.initialize("9")) == [#"\#(late) ← {"jsonrpc":"2.0","id":9,\#(result)}"#])
    }

    @Test(arguments: [
        // The server's, the client's, the answer.
        ("2025-11-25", "2025-11-25", "2025-11-25"), ("2025-11-25", "2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-03-26", "2025-03-26"), ("2025-06-18", "2025-11-25", "2025-06-18"),
        ("2025-11-25", "2024-11-05", "2025-11-25"), ("2025-11-25", "2026-07-28", "2025-11-25"),
        ("2025-11-25", "1.0.0", "2025-11-25"),
    ])
    func `a client gets its own revision where the server speaks a later one`(
        _ server: String,
        _ client: String,
        _ answer: String
    ) throws {
        let result = #"{"protocolVersion":"\#(server)","capabilities":{}}"#
        var table = try SharedTable(.legacy, seats: 1, result: result)
        let answered = try table.client(1, Self.initialize("0", client))
        #expect(
            answered == [
                #"1 ← {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"\#(answer)","capabilities":{}}}"#
            ]
        )
    }

    @Test(arguments: [
        (#"{"tasks":{"list":{}}}"#, "{}"), (#"{"tasks":{} , "tools":{}}"#, #"{ "tools":{}}"#),
        (#"{"tools":{}, "tasks":{"list":{}}}"#, #"{"tools":{}}"#),
        (#"{"a":1,"tasks":{"list":{}},"b":{"tasks":1}}"#, #"{"a":1,"b":{"tasks":1}}"#),
    ])
    func `no client is offered tasks, which would be everybody's`(_ offered: String, _ left: String) throws {
        let result = #"{"protocolVersion":"2025-11-25","capabilities":\#(offered)}"#
        var table = try SharedTable(.legacy, seats: 1, result: result)
        let answered = try table.client(1, Self.initialize("0", "2025-11-25"))
        #expect(answered.first?.hasSuffix(#""capabilities":\#(left)}}"#) == true, "\(answered)")
        let refused = try table.client(1, #"{"id":4,"method":"tasks/list"}"#)
        #expect(refused.first?.hasPrefix(#"1 ← {"jsonrpc":"2.0","id":4,"error":{"code":-32601,"#) == true)
    }

    @Test func `a server that refuses is given up, and everybody hears its words`() throws {
        var table = SharedTable(.legacy, waiting: 2)
        for seat in [1, 2] { _ = try table.client(seat, Self.initialize("\(seat)")) }
        #expect(
            try table.server(#"{"id":1,"error":{"code":1,"message":"no"}}"#) == [
                #"1 ← {"id":1,"error":{"code":1,"message":"no"}}"#, #"2 ← {"id":2,"error":{"code":1,"message":"no"}}"#,
                "give up: it refused initialize",
            ]
        )
    }

    @Test(arguments: [
        #"{"id":1,"result":{}}"#, #"{"id":1,"result":[]}"#,
        #"{"id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"capabilities":{}}}"#,
    ])
    func `an answer to initialize that says nothing is not used`(_ answer: String) throws {
        var table = SharedTable(.legacy, waiting: 1)
        #expect(try table.server(answer) == ["give up: its answer to initialize can't be used"])
    }

    @Test func `what waits for the server is bounded`() throws {
        var table = SharedTable(.legacy, waiting: 1)
        let pad = String(repeating: "x", count: 400_000)
        for id in 1...2 { #expect(try table.client(1, #"{"id":\#(id),"method":"a","params":{"p":"\#(pad)"}}"#) == []) }
        let refused = try table.client(1, #"{"id":3,"method":"a","params":{"p":"\#(pad)"}}"#)
        #expect(refused.first?.contains("still starting") == true)
    }
}

extension SharedTable {
    /// A table whose server has not answered yet.
    init(_ flavour: Multiplexer.Flavour, waiting seats: Int) {
        multiplexer = Multiplexer(flavour)
        _ = multiplexer.begin()
        for _ in 0..<seats { _ = multiplexer.takeSeat() }
    }
}
