import MCPWire
import Testing

@testable import GatewayRuntime

/// The gateway's own stream of changes at a modern server.
@Suite struct MultiplexerHearingTests {
    private static let key = #""io.modelcontextprotocol/subscriptionId""#
    private static let lists = SubscriptionFilter(lists: ["tools"], resources: [])

    private func notice(_ method: String, _ stream: Int, _ more: String = "") -> String {
        #"{"method":"notifications/\#(method)","params":{"_meta":{\#(Self.key):\#(stream)}\#(more)}}"#
    }

    @Test func `is opened before anything else, for the lists that are wanted`() throws {
        var multiplexer = Multiplexer(.modern, hearing: Self.lists)
        guard case .toServer(let line)? = multiplexer.begin().first else { throw Unexpected() }
        let request = try ModernRequest(ScannedMessage(scanning: line))
        #expect(request.method == "subscriptions/listen" && request.filter == Self.lists)
        #expect(multiplexer.begin() == [], "one stream is enough")
        var other = Multiplexer(.modern)
        #expect(other.begin() == [])
    }

    @Test func `hears of changes, and so nobody hears twice`() throws {
        var table = try SharedTable(.modern, seats: 1, hearing: Self.lists)
        _ = try table.client(1, #"{"id":"s","method":"subscriptions/listen"}"#)
        #expect(try table.server(notice("subscriptions/acknowledged", 1)) == [])
        #expect(try table.server(notice("tools/list_changed", 1)) == ["tell: " + notice("tools/list_changed", 1)])
        #expect(try table.server(notice("message", 1)) == [])
        let own = #"1 ← {"method":"notifications/tools/list_changed","params":{"_meta":{\#(Self.key):"s"}}}"#
        #expect(try table.server(notice("tools/list_changed", 2)) == [own])
    }

    @Test func `leaves updates of resources to those who asked for them`() throws {
        var table = try SharedTable(.modern, seats: 1, hearing: Self.lists)
        _ = try table.client(1, #"{"id":"s","method":"subscriptions/listen"}"#)
        let update = notice("resources/updated", 2, #","uri":"u""#)
        #expect(try table.server(update).last == "tell: " + update)
    }

    @Test func `is done without where the server refuses it`() throws {
        var table = try SharedTable(.modern, seats: 1, hearing: Self.lists)
        _ = try table.client(1, #"{"id":"s","method":"subscriptions/listen"}"#)
        #expect(try table.server(#"{"id":1,"error":{"code":-32601,"message":"no"}}"#) == [])
        let change = notice("tools/list_changed", 2)
        #expect(try table.server(change).last == "tell: " + change, "a client's stream has to do")
    }

    @Test(arguments: [
        #"{"id":1,"result":{"resultType":"complete"}}"#,
        #"{"method":"notifications/cancelled","params":{"requestId":1}}"#,
        #"{"method":"notifications/cancelled","params":{"requestId":1,"_meta":{"io.modelcontextprotocol/subscriptionId":1}}}"#,
    ])
    func `is opened again, later, where the server ends it`(end: String) throws {
        var table = try SharedTable(.modern, seats: 0, hearing: Self.lists)
        #expect(table.hear() == [])
        #expect(try table.server(end) == ["hear again"])
        let again = table.hear()
        #expect(again.count == 1 && again.first?.contains(#""id":2,"method":"subscriptions/listen""#) == true)
    }

    @Test func `does not hide whose answer was too long`() throws {
        var table = try SharedTable(.modern, seats: 1, hearing: Self.lists)
        _ = try table.client(1, #"{"id":"c","method":"tools/call"}"#)
        #expect(table.overflow(.unknown).last?.hasPrefix(#"1 ← {"jsonrpc":"2.0","id":"c","error""#) == true)
        #expect(table.overflow(.unknown) == ["note: tooLong"])
    }
}

private struct Unexpected: Error {}
