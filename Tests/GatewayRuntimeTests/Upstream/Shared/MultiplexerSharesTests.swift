import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// Subscriptions and log levels, which clients of one server have together.
@Suite struct MultiplexerSharesTests {
    private func wish(_ id: Int, _ verb: String, _ uri: String = "file:///a") -> String {
        #"{"id":\#(id),"method":"resources/\#(verb)","params":{"uri":"\#(uri)"}}"#
    }

    private func done(_ seat: Int, _ id: Int) -> [String] { [#"\#(seat) ← {"jsonrpc":"2.0","id":\#(id),"result":{}}"#] }

    private func updated(_ uri: String) -> String {
        #"{"method":"notifications/resources/updated","params":{"uri":"\#(uri)"}}"#
    }

    @Test func `the server is subscribed once, and unsubscribed with the last`() throws {
        var table = try SharedTable(.legacy, seats: 3)
        #expect(try table.client(1, wish(5, "subscribe")) == ["→ " + wish(2, "subscribe")])
        #expect(try table.client(2, wish(6, "subscribe")) == [], "it waits for the same answer")
        #expect(
            try table.server(#"{"id":2,"result":{}}"#) == [#"1 ← {"id":5,"result":{}}"#, #"2 ← {"id":6,"result":{}}"#]
        )
        #expect(try table.client(3, wish(7, "subscribe")) == done(3, 7))
        let update = updated("file:///a")
        #expect(try table.server(update) == ["1 ← \(update)", "2 ← \(update)", "3 ← \(update)"])

        #expect(try table.client(2, wish(8, "unsubscribe")) == done(2, 8))
        #expect(try table.server(update) == ["1 ← \(update)", "3 ← \(update)"])
        #expect(table.leave(3) == [])
        #expect(try table.client(1, wish(9, "unsubscribe")) == ["→ " + wish(3, "unsubscribe")])
        #expect(try table.server(#"{"id":3,"result":{}}"#) == [#"1 ← {"id":9,"result":{}}"#])
        #expect(try table.server(update) == [])
    }

    @Test func `a client that leaves takes its subscriptions along`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        _ = try table.client(1, wish(5, "subscribe"))
        _ = try table.server(#"{"id":2,"result":{}}"#)
        #expect(
            table.leave(1)
                == [#"→ {"jsonrpc":"2.0","id":3,"method":"resources/unsubscribe","params":{"uri":"file:///a"}}"#]
        )
        #expect(try table.server(#"{"id":3,"result":{}}"#) == [], "nobody waits for it")
        #expect(try table.client(2, wish(1, "subscribe")) == ["→ " + wish(4, "subscribe")])
    }

    @Test func `a subscription that the server refuses is nobody's`() throws {
        var table = try SharedTable(.legacy, seats: 3)
        _ = try table.client(1, wish(5, "subscribe"))
        _ = try table.client(2, wish(5, "subscribe"))
        #expect(try table.server(#"{"id":2,"error":{"code":1,"message":"no"}}"#).count == 2)
        #expect(try table.server(updated("file:///a")) == [])
        #expect(try table.client(3, wish(1, "subscribe")) == ["→ " + wish(3, "subscribe")])
    }

    @Test func `a subscription that nobody wants any more when it is granted is given back`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        _ = try table.client(1, wish(5, "subscribe"))
        _ = table.leave(1)
        #expect(
            try table.server(#"{"id":2,"result":{}}"#)
                == [#"→ {"jsonrpc":"2.0","id":3,"method":"resources/unsubscribe","params":{"uri":"file:///a"}}"#]
        )
    }

    @Test func `an update of a part concerns who asked for the whole`() throws {
        var table = try SharedTable(.legacy, seats: 3)
        for (seat, uri) in [(1, "file:///a"), (2, "file:///a/"), (3, "file:///ab")] {
            _ = try table.client(seat, wish(1, "subscribe", uri))
            _ = try table.server(#"{"id":\#(seat + 1),"result":{}}"#)
        }
        let update = updated("file:///a/b/c")
        #expect(try table.server(update) == ["1 ← \(update)", "2 ← \(update)"])
    }

    @Test func `subscriptions of one client are bounded`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        for id in 1...ResourceSubscriptions.mostOfSeat {
            _ = try table.client(1, wish(id, "subscribe", "u:\(id)"))
            _ = try table.server(#"{"id":\#(id + 1),"result":{}}"#)
        }
        #expect(try table.client(1, wish(0, "subscribe", "u:0")).first?.contains("-32602") == true)
        let long = String(repeating: "u", count: 9_000)
        #expect(try table.client(1, wish(0, "subscribe", long)).first?.contains("-32602") == true)
    }

    private func level(_ id: Int, _ level: String) -> String {
        #"{"id":\#(id),"method":"logging/setLevel","params":{"level":"\#(level)"}}"#
    }

    @Test func `the server hears the most verbose level that anybody asked for`() throws {
        var table = try SharedTable(.legacy, seats: 3)
        #expect(try table.client(1, level(5, "warning")) == ["→ " + level(2, "warning")])
        #expect(try table.server(#"{"id":2,"result":{}}"#).count == 1)
        #expect(try table.client(2, level(5, "error")) == done(2, 5))
        #expect(try table.client(3, level(5, "debug")) == ["→ " + level(3, "debug")])
        #expect(try table.server(#"{"id":3,"result":{}}"#).count == 1)
        #expect(
            table.leave(3)
                == [#"→ {"jsonrpc":"2.0","id":4,"method":"logging/setLevel","params":{"level":"warning"}}"#]
        )
        let raised = try table.client(1, level(6, "emergency"))
        #expect(raised.first?.contains(#""method":"logging/setLevel","params":{"level":"error"}"#) == true)
        #expect(raised.last == done(1, 6).last)
    }

    @Test func `a level that the server refuses is asked for again`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        _ = try table.client(1, level(5, "info"))
        _ = try table.server(#"{"id":2,"error":{"code":-32601,"message":"no"}}"#)
        #expect(try table.client(2, level(1, "info")) == ["→ " + level(3, "info")])
        #expect(try table.client(2, level(2, "loud")) == ["→ " + level(4, "loud")], "the server knows best")
    }
}
