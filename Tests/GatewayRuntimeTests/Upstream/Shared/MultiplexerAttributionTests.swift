import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// Whom a server's messages reach that name no request: the table in docs/gateway.md.
@Suite struct MultiplexerAttributionTests {
    @Test(arguments: ["tools", "prompts", "resources"])
    func `a list that changed concerns everybody`(_ list: String) throws {
        var table = try SharedTable(.legacy, seats: 2)
        let text = #"{"method":"notifications/\#(list)/list_changed"}"#
        #expect(try table.server(text) == ["1 ← \(text)", "2 ← \(text)"])
    }

    @Test(arguments: ["message", "elicitation/complete", "something/new"])
    func `what names nobody reaches the only client there ever was`(_ name: String) throws {
        var table = try SharedTable(.legacy, seats: 1)
        let text = #"{"method":"notifications/\#(name)","params":{"data":"secret"}}"#
        #expect(try table.server(text) == ["1 ← \(text)"])
        _ = table.multiplexer.takeSeat()
        let dropped = name == "message" ? ["note: unaddressed", "log: \(text)"] : ["note: unaddressed"]
        #expect(try table.server(text) == dropped)
        _ = table.leave(1)
        #expect(try table.server(text) == dropped.filter { $0 != "note: unaddressed" }, "it is noted once")
        #expect(table.multiplexer.unaddressed == 2)
    }

    @Test func `a question reaches the only client there ever was, and the answer comes from it alone`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        let ask = #"{"id":"q","method":"elicitation/create","params":{"_meta":{"progressToken":"p"},"message":"?"}}"#
        #expect(
            try table.server(ask)
                == [
                    #"1 ← {"id":2,"method":"elicitation/create","params":{"_meta":{"progressToken":2},"message":"?"}}"#
                ]
        )
        #expect(table.multiplexer.takeSeat() == 2)
        #expect(try table.client(2, #"{"id":2,"result":{}}"#) == [])
        #expect(try table.client(2, #"{"method":"notifications/progress","params":{"progressToken":2}}"#) == [])
        #expect(try table.client(1, #"{"id":"q","result":{}}"#) == [])
        #expect(
            try table.client(1, #"{"method":"notifications/progress","params":{"progressToken":2}}"#)
                == [#"→ {"method":"notifications/progress","params":{"progressToken":"p"}}"#]
        )
        #expect(
            try table.client(1, #"{"id":2,"result":{"action":"accept"}}"#).first
                == #"→ {"id":"q","result":{"action":"accept"}}"#)
        #expect(try table.client(1, #"{"id":2,"result":{}}"#) == [])
    }

    @Test(arguments: ["elicitation/create", "sampling/createMessage", "roots/list"])
    func `a question that may be anybody's is refused with the reason`(_ method: String) throws {
        for flavour in [Multiplexer.Flavour.legacy, .modern] {
            var table = try SharedTable(flavour, seats: 2)
            let refused = try table.server(#"{"id":8,"method":"\#(method)"}"#)
            #expect(refused.count == 2)
            #expect(refused.first?.hasPrefix(#"→ {"jsonrpc":"2.0","id":8,"error":{"code":-32601,"#) == true)
            #expect(refused.last == "note: unaddressedQuestion")
            #expect(try table.server(#"{"id":9,"method":"\#(method)"}"#).count == 1, "it is noted once")
        }
    }

    @Test func `the gateway answers a server's ping itself`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        #expect(
            try table.server(#"{"id":"p","method":"ping"}"#) == [#"→ {"jsonrpc":"2.0","id":"p","result":{}}"#]
        )
    }

    @Test func `a server that withdraws its question tells the one it asked`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        _ = try table.server(#"{"id":"q","method":"sampling/createMessage"}"#)
        #expect(
            try table.server(#"{"method":"notifications/cancelled","params":{"requestId":"q"}}"#)
                == [#"1 ← {"method":"notifications/cancelled","params":{"requestId":2}}"#]
        )
        let left = table.leave(1)
        #expect(left.first?.hasPrefix(#"→ {"jsonrpc":"2.0","id":"q","error":"#) == true)
    }

    @Test func `a modern stream hears what is tagged with its name`() throws {
        var table = try SharedTable(.modern, seats: 2)
        for seat in [1, 2] { _ = try table.client(seat, #"{"id":"s","method":"subscriptions/listen"}"#) }
        let key = #""io.modelcontextprotocol/subscriptionId""#
        for method in ["subscriptions/acknowledged", "tools/list_changed", "resources/updated"] {
            let text = #"{"method":"notifications/\#(method)","params":{"_meta":{\#(key): 2},"uri":"u"}}"#
            let own = #"{"method":"notifications/\#(method)","params":{"_meta":{\#(key): "s"},"uri":"u"}}"#
            #expect(try table.server(text).first == "2 ← \(own)")
        }
        #expect(
            try table.server(#"{"method":"notifications/tools/list_changed","params":{"_meta":{\#(key):9}}}"#)
                == ["note: unaddressed"]
        )
        #expect(
            try table.server(#"{"method":"notifications/cancelled","params":{"requestId":1}}"#)
                == [#"1 ← {"method":"notifications/cancelled","params":{"requestId":"s"}}"#]
        )
        #expect(
            try table.server(#"{"id":1,"result":{"resultType":"complete","_meta":{\#(key):1}}}"#)
                == [#"1 ← {"id":"s","result":{"resultType":"complete","_meta":{\#(key):"s"}}}"#]
        )
    }

    @Test func `a modern log message belongs to the one call in flight, if there is but one`() throws {
        var table = try SharedTable(.modern, seats: 3)
        let log = #"{"method":"notifications/message","params":{"data":"secret"}}"#
        _ = try table.client(1, #"{"id":0,"method":"subscriptions/listen"}"#)
        _ = try table.client(2, #"{"id":1,"method":"tools/call"}"#)
        #expect(try table.server(log) == ["2 ← \(log)"])
        _ = try table.client(3, #"{"id":1,"method":"tools/call"}"#)
        #expect(try table.server(log) == ["note: unaddressed", "log: \(log)"])
        // The server may not have read the cancellation yet, and go on about the cancelled call.
        _ = table.leave(3)
        #expect(try table.server(log) == ["log: \(log)"])
        _ = try table.server(#"{"id":2,"result":{}}"#)
        let next = table.multiplexer.takeSeat()
        _ = try table.client(next, #"{"id":1,"method":"tools/call"}"#)
        #expect(try table.server(log) == ["log: \(log)"])
        _ = try table.server(#"{"id":4,"result":{}}"#)
        _ = try table.client(next, #"{"id":2,"method":"tools/call"}"#)
        #expect(try table.server(log) == ["\(next) ← \(log)"], "an answer to a later call shows that it was read")
    }
}
