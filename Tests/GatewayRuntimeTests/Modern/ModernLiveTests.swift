import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway before a server of the newer revision` {
    private static let west = #"{"region":"west"}"#

    /// How often the server was asked for its tools; a machine that is slow enough for its list to get old asks again.
    private func expectLists(
        _ count: Int,
        _ answer: (status: HTTPResponseStatus?, body: String),
        since began: ContinuousClock.Instant
    ) {
        let isOld = ContinuousClock.now - began >= .seconds(10)
        #expect(answer.status == .ok && (isOld || answer.body.contains(#""lists": \#(count)"#)), "\(answer.body)")
    }

    @Test func `holds calls to what their headers say of their arguments`() async throws {
        let began = ContinuousClock.now
        try await LiveGateway.run(ModernServer.script()) { live in
            for fields: HTTPHeaders in [
                [:], ["mcp-param-region": "east"], ["mcp-param-region": "west", "Mcp-Param-Region": "west"],
            ] {
                let refused = try await live.call("echo", Self.west, fields)
                #expect(refused.status == .badRequest)
                #expect(refused.body.contains(#""id":7,"error":{"code":-32020"#) && refused.body.contains("Region"))
            }
            let unasked = try await live.call("echo", "{}", ["mcp-param-region": "west"])
            #expect(unasked.status == .badRequest && unasked.body.contains("-32020"))
            let answer = try await live.call("echo", Self.west, ["mcp-param-region": "=?base64?d2VzdA==?="])
            expectLists(1, answer, since: began)
            let other = try await live.call("other", Self.west, ["mcp-param-region": "east"])
            #expect(other.status == .ok, "nobody declared that header")
        }
    }

    @Test func `asks for the tools again when they changed`() async throws {
        let began = ContinuousClock.now
        try await LiveGateway.run(ModernServer.script()) { live in
            #expect(try await live.call("echo", Self.west, ["mcp-param-region": "west"]).status == .ok)
            #expect(try await live.call("rename").status == .ok)
            #expect(try await live.call("echo", Self.west, ["mcp-param-region": "west"]).status == .badRequest)
            let answer = try await live.call("echo", Self.west, ["mcp-param-zone": "west"])
            expectLists(2, answer, since: began)
        }
    }

    @Test func `serves one that lists no tools, unchecked`() async throws {
        try await LiveGateway.run(ModernServer.script(mute: true)) { live in
            #expect(try await live.call("echo", Self.west).status == .ok)
            let answer = try await live.call("echo", Self.west)
            #expect(answer.status == .ok && answer.body.contains(#""lists": 1"#), "no other call asks")
        }
    }

    /// Two replicas; what a call of `one` brings about, `other` is told of.
    private func withTwo(_ test: (_ one: LiveGateway, _ other: LiveGateway) async throws -> Void) async throws {
        let keys = FleetKeys.random()
        try await LiveGateway.run(ModernServer.script(), configure: { $0.keys = keys }) { other in
            let peer = other.target
            try await LiveGateway.run(
                ModernServer.script(),
                configure: {
                    $0.keys = keys
                    $0.peers = [peer]
                }
            ) { one in
                try await test(one, other)
            }
        }
    }

    @Test func `tells listeners of changes once, on whichever replica they are`() async throws {
        try await withTwo { one, other in
            let both = #""toolsListChanged":true,"promptsListChanged":true"#
            let streams = [try await one.listen(1, both), try await other.listen(2, both)]
            let deaf = try await other.listen(3, #""promptsListChanged":true"#)
            _ = try await one.call("tools")
            for stream in streams { _ = try await stream.body(with: "tools/list_changed") }
            _ = try await one.call("prompts")
            for (index, stream) in streams.enumerated() {
                let heard = try await stream.body(with: "prompts/list_changed")
                    .split(separator: "\n").filter { $0.hasPrefix("data:") && $0.contains("list_changed") }
                #expect(heard.count == 2 && heard.first?.contains("tools/list_changed") == true)
                #expect(
                    heard.allSatisfy { line in
                        line.replacing(" ", with: "").contains(#"subscriptionId":\#(index + 1)}"#)
                    })
            }
            #expect(try await !deaf.body(with: "prompts/list_changed").contains("tools/list_changed"))
        }
    }

    @Test(arguments: ["get", "update", "cancel"])
    func `brings what is asked of a task to the replica that has it`(_ method: String) async throws {
        try await withTwo { one, other in
            let begun = try await other.call("later", #"{"name":"far"}"#)
            #expect(begun.body.contains(#""taskId": "task-far""#), "\(begun.body)")
            _ = try await one.call("later", #"{"name":"near"}"#)
            for task in ["task-far", "task-near"] {
                let (head, body) = ModernServer.task(method, task)
                #expect(try await one.open(head, body).whole().contains(#""mine": "\#(task)""#))
            }
            #expect(try await one.loop.submit { one.gateway.value.calls.forwarded }.get() == 1)
            let (head, body) = ModernServer.task(method, "task-of-nobody")
            let refused = try await one.open(head, body)
            let answer = try await refused.whole()
            #expect(try await refused.status == .notFound, "the server's own words, here -32601: \(answer)")
        }
    }

    @Test func `keeps a task to the caller it was begun for`() async throws {
        let (alice, bob) = ("alice-0123456789abcdef", "bob-0123456789abcdef")
        let keys = try NamedKeys(reading: ["alice:\(alice)", "bob:\(bob)"])
        try await LiveGateway.run(ModernServer.script(), configure: { $0.door.signIn = .keys(keys) }) { live in
            let begun = try await live.call("later", #"{"name":"hers"}"#, ["x-api-key": alice])
            #expect(begun.status == .ok)
            let (head, body) = ModernServer.task("get", "task-hers", ["x-api-key": alice])
            #expect(try await live.open(head, body).whole().contains(#""mine": "task-hers""#))
            let (other, same) = ModernServer.task("get", "task-hers", ["x-api-key": bob])
            let refused = try await live.open(other, same)
            #expect(try await refused.whole().contains(#""id":8,"error":{"code":-32602"#))
            #expect(try await refused.status == .badRequest)
        }
    }

    @Test func `tells of updates of resources where they are listened for on both`() async throws {
        try await withTwo { one, other in
            let streams = [
                try await one.listen(1, #""resourceSubscriptions":["r"]"#),
                try await one.listen(2, #""resourceSubscriptions":["r"]"#),
                try await other.listen(3, #""resourceSubscriptions":["r"],"promptsListChanged":true"#),
            ]
            let deaf = try await other.listen(4, #""resourceSubscriptions":["s"],"promptsListChanged":true"#)
            _ = try await one.call("updated")
            for stream in streams { _ = try await stream.body(with: "resources/updated") }
            _ = try await one.call("prompts")
            let heard = try await streams[2].body(with: "prompts/list_changed")
            #expect(heard.split(separator: "resources/updated").count == 2, "two streams heard of it, one is told")
            #expect(try await !deaf.body(with: "prompts/list_changed").contains("resources/updated"))
        }
    }
}
