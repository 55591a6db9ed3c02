import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// What one client and one server say to each other through the multiplexer.
@Suite struct MultiplexerTests {
    @Test(arguments: [
        ("7", "7"), (#""7""#, #""7""#), (#""\u0037\"/""#, #""\u0037\"/""#), ("-1", "-1"), ("1.0", "1.0"),
        ("12345678901234567890123", "12345678901234567890123"), (#""é👋""#, #""é👋""#), (" 7 ", "7"),
    ])
    func `an answer has the client's id as it was written`(_ id: String, _ written: String) throws {
        for flavour in [Multiplexer.Flavour.legacy, .modern] {
            var table = try SharedTable(flavour, seats: 1)
            let number = flavour == .legacy ? 2 : 1
            let sent = try table.client(1, #"{ "id":\#(id), "method":"tools/call", "params":{"name":"a","id":9} }"#)
            let seen = id.replacing(written, with: "\(number)")
            #expect(sent == [#"→ { "id":\#(seen), "method":"tools/call", "params":{"name":"a","id":9} }"#])
            let answer = try table.server(#"{"result": {"id":3, "content":[]},"id":\#(number)}"#)
            #expect(answer == [#"1 ← {"result": {"id":3, "content":[]},"id":\#(written)}"#])
        }
    }

    @Test func `progress follows its call, whatever its token is`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        for (seat, number) in [(1, 2), (2, 3)] {
            let call = #"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":"t","x":1},"name":"a"}}"#
            let seen = #"{"id":\#(number),"method":"tools/call","params":{"_meta":{"progressToken":\#(number),"x":1}"#
            #expect(try table.client(seat, call) == ["→ " + seen + #","name":"a"}}"#])
        }
        let progress = #"{"method":"notifications/progress","params":{"progress":1,"progressToken":3}}"#
        #expect(
            try table.server(progress)
                == [#"2 ← {"method":"notifications/progress","params":{"progress":1,"progressToken":"t"}}"#]
        )
        #expect(try table.server(#"{"id":3,"result":{}}"#) == [#"2 ← {"id":1,"result":{}}"#])
        #expect(try table.server(progress) == [], "the call is over")
    }

    @Test func `a token that its call did not have moves nothing`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        _ = try table.client(1, #"{"id":1,"method":"tools/call","params":{"name":"a"}}"#)
        #expect(try table.server(#"{"method":"notifications/progress","params":{"progressToken":2}}"#) == [])
        #expect(try table.server(#"{"method":"notifications/progress","params":{"progressToken":"2"}}"#) == [])
        #expect(try table.server(#"{"method":"notifications/progress","params":{"progressToken":99}}"#) == [])
    }

    @Test func `a cancellation reaches the client's own call only`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        _ = try table.client(1, #"{"id":"x","method":"tools/call"}"#)
        let cancel = #"{"method":"notifications/cancelled","params":{"requestId":"x","reason":"enough"}}"#
        #expect(try table.client(2, cancel) == [])
        #expect(
            try table.client(1, cancel)
                == [#"→ {"method":"notifications/cancelled","params":{"requestId":2,"reason":"enough"}}"#]
        )
        #expect(try table.server(#"{"id":2,"error":{"code":0,"message":"cancelled"}}"#).count == 1)
        #expect(try table.client(1, cancel) == [], "the call was answered")
    }

    @Test func `a late answer to a cancelled call is nobody's once its id is used again`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        _ = try table.client(1, #"{"id":5,"method":"tools/call"}"#)
        _ = try table.client(1, #"{"method":"notifications/cancelled","params":{"requestId":5}}"#)
        _ = try table.client(1, #"{"id":5,"method":"tools/list"}"#)
        #expect(try table.server(#"{"id":2,"result":{"of":"tools/call"}}"#) == [])
        #expect(try table.server(#"{"id":3,"result":{"of":"tools/list"}}"#).count == 1)
    }

    @Test func `an answer that was given already, or to nobody, changes nothing`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        _ = try table.client(1, #"{"id":5,"method":"tools/call"}"#)
        _ = try table.server(#"{"id":2,"result":{}}"#)
        #expect(try table.server(#"{"id":2,"result":{}}"#) == [])
        for id in ["77", "-2", #""2""#, "2.0", "null"] {
            #expect(try table.server(#"{"id":\#(id),"result":{}}"#) == ["note: unmatchedResponse"])
        }
    }

    @Test func `a seat that leaves cancels what it asked, and hears nothing more`() throws {
        var table = try SharedTable(.modern, seats: 2)
        _ = try table.client(1, #"{"id":1,"method":"tools/call"}"#)
        _ = try table.client(2, #"{"id":1,"method":"tools/call"}"#)
        let left = table.leave(1)
        #expect(left.count == 1)
        #expect(left.first?.contains(#""method":"notifications/cancelled","params":{"requestId":1,"#) == true)
        #expect(try table.server(#"{"id":1,"result":{}}"#) == [])
        #expect(try table.server(#"{"id":2,"result":{}}"#) == [#"2 ← {"id":1,"result":{}}"#])
        #expect(table.leave(2) == [])
        #expect(table.multiplexer.calls.isEmpty)
    }

    @Test(arguments: [
        #"{"id":1,"ID":2,"method":"tools/call"}"#, #"{"id":1,"method":"tools/call","Params":{}}"#,
        #"{"id":1,"method":"tools/call","params":{"_Meta":{}}}"#,
        #"{"id":1,"method":"tools/call","params":{"_meta":{"progresstoken":2}}}"#,
        #"{"id":1,"method":"tools/call","params":{"_meta":{"progreſſToKen":2}}}"#,
        #"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":true}}}"#,
        #"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":[2]}}}"#,
    ])
    func `a message that could be read in two ways never reaches the server`(_ message: String) throws {
        var table = try SharedTable(.legacy, seats: 1)
        let actions = try table.client(1, message)
        #expect(actions.count == 1)
        #expect(actions.first?.hasPrefix(#"1 ← {"jsonrpc":"2.0","id":1,"error":"#) == true)
    }

    @Test func `a token of null is no token`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        let call = #"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":null}}}"#
        #expect(
            try table.client(1, call)
                == [#"→ {"id":2,"method":"tools/call","params":{"_meta":{"progressToken":null}}}"#]
        )
    }

    @Test func `a seat has so many calls in flight and no more`() throws {
        var table = try SharedTable(.modern, seats: 2)
        for id in 1...Multiplexer.mostCallsOfSeat {
            #expect(try table.client(1, #"{"id":\#(id),"method":"tools/call"}"#).first?.hasPrefix("→") == true)
        }
        let refused = try table.client(1, #"{"id":0,"method":"tools/call"}"#)
        #expect(refused.first?.contains("too many calls in flight") == true)
        #expect(try table.client(2, #"{"id":0,"method":"tools/call"}"#).first?.hasPrefix("→") == true)
    }

    @Test func `a client that cancels for ever holds a bounded number of calls`() throws {
        var table = try SharedTable(.legacy, seats: 1)
        for id in 1...5_000 {
            #expect(try table.client(1, #"{"id":\#(id),"method":"tools/call"}"#).first?.hasPrefix("→") == true)
            _ = try table.client(1, #"{"method":"notifications/cancelled","params":{"requestId":\#(id)}}"#)
        }
        #expect(table.multiplexer.calls.count <= Multiplexer.mostCancelled)
    }

    @Test func `an answer over the limit is an error to the call it belongs to`() throws {
        var table = try SharedTable(.legacy, seats: 2)
        _ = try table.client(1, #"{"id":"a","method":"tools/call"}"#)
        _ = try table.client(2, #"{"id":"a","method":"tools/call"}"#)
        let actions = table.overflow(.response(.number("3")))
        #expect(actions.first == "note: tooLong")
        #expect(actions.last?.hasPrefix(#"2 ← {"jsonrpc":"2.0","id":"a","error":"#) == true)
        #expect(table.overflow(.notResponse) == ["note: tooLong"])
        #expect(table.overflow(.unknown).count == 2, "one call is in flight")
        #expect(table.overflow(.unknown) == ["note: tooLong"])
    }
}
