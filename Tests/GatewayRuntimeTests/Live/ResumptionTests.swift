import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Streams that break, and clients that come back for the rest.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A client that comes back with its last event's id` {
    /// Says `begun` at a call and answers it once told to go on; tells a story when nothing is called.
    private static func server(_ revision: String) -> String {
        #"""
        while read -r line; do
          case "$line" in
          *'"initialize"'*)
            printf '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"\#(revision)","capabilities":{}}}\n' ;;
          *'"tools/call"'*)
            id=$(printf '%s' "$line" | sed 's/.*"id":\([^,]*\),.*/\1/')
            printf '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"begun"}}\n' ;;
          *'notifications/go'*)
            printf '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"going on"}}\n'
            if [ -n "$id" ]; then printf '{"jsonrpc":"2.0","id":%s,"result":{"data":"done"}}\n' "$id"; fi
            id= ;;
          esac
        done
        """#
    }

    private static let call = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"t"}}"#
    private static let go = #"{"jsonrpc":"2.0","method":"notifications/go"}"#

    private func with(
        _ revision: String = "2025-11-25", _ test: (LiveGateway, String) async throws -> Void
    ) async throws {
        try await LiveGateway.run(Self.server(revision)) { live in try await test(live, try await live.session()) }
    }

    @Test func `gets what the call said meanwhile and its answer, and then the end`() async throws {
        try await with { live, session in
            let call = try await live.open(.POST, Self.call, session: session)
            let ids = eventIDs(in: try await call.body(with: "begun"))
            #expect(ids.count == 2, "priming and a message")
            try await call.cut()
            _ = try await live.post(Self.go, session: session)
            let rest = try await live.open(.GET, session: session, lastEvent: ids[1]).whole()
            #expect(!rest.contains("begun"))
            #expect(rest.firstRange(of: "going on") != nil && rest.firstRange(of: #""id":7,"result""#) != nil)
            // Once more, from the beginning: what is kept is not used up.
            let again = try await live.open(.GET, session: session, lastEvent: ids[0]).whole()
            #expect(again.contains("begun") && again.contains(#""id":7,"result""#))
            #expect(Set(eventIDs(in: again)).count == 3)
        }
    }

    @Test func `gets a call live that still runs`() async throws {
        try await with { live, session in
            let call = try await live.open(.POST, Self.call, session: session)
            let ids = eventIDs(in: try await call.body(with: "begun"))
            // The gateway has not noticed that the connection is dead: the new one replaces it.
            let rest = try await live.open(.GET, session: session, lastEvent: ids[0])
            _ = try await rest.body(with: "begun")
            _ = try await live.post(Self.go, session: session)
            #expect(try await rest.whole().contains(#""id":7,"result""#))
            #expect(!(try await call.whole().contains("going on")))
        }
    }

    @Test func `goes on listening where its GET stream broke`() async throws {
        try await with { live, session in
            let first = try await live.open(.GET, session: session)
            let ids = eventIDs(in: try await first.body(with: "id: "))
            _ = try await live.post(Self.go, session: session)
            _ = try await first.body(with: "going on")
            try await first.cut()
            let second = try await live.open(.GET, session: session, lastEvent: ids[0])
            let replayed = eventIDs(in: try await second.body(with: "going on"))
            #expect(replayed.count == 1)
            _ = try await live.post(Self.go, session: session)
            let both = try await second.body(with: "going on\"}}\n\nid: ")
            #expect(Set(eventIDs(in: both)).count == 2)
        }
    }

    @Test func `gets nothing of another session`() async throws {
        try await with { live, session in
            let call = try await live.open(.POST, Self.call, session: session)
            let foreign = eventIDs(in: try await call.body(with: "begun"))[0]
            let other = try await live.session()
            let answer = try await live.open(.GET, session: other, lastEvent: foreign).whole()
            #expect(!answer.contains("begun") && answer.contains("Last-Event-ID is no id"))
            // Nothing tells it from one that never was.
            let made = EventID(record: 1, stream: 77, sequence: 1, request: .number("7")).text
            #expect(try await live.open(.GET, session: session, lastEvent: made).whole() == answer)
        }
    }

    @Test func `is told where its id is none`() async throws {
        try await with { live, session in
            let refused = try await live.open(.GET, session: session, lastEvent: "_GET_stream")
            #expect(try await refused.whole().contains("Last-Event-ID"))
            #expect(try await refused.status == .badRequest)
        }
    }

    @Test(arguments: ["2025-03-26", "2025-06-18"])
    func `has ids, but no events without data, where its revision is older`(_ revision: String) async throws {
        try await with(revision) { live, session in
            let call = try await live.open(.POST, Self.call, session: session)
            let begun = try await call.body(with: "begun")
            #expect(eventIDs(in: begun).count == 1)
            #expect(!begun.contains("retry:") && !begun.contains("data:\n"))
            let listening = try await live.open(.GET, session: session)
            #expect(eventIDs(in: try await listening.body(with: "keep-alive")).isEmpty)
        }
    }

    @Test func `has a stream to come back to soon after a call began`() async throws {
        let silent = #"""
            read -r line
            printf '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}\n'
            while read -r line; do :; done
            """#
        try await LiveGateway.run(silent) { live in
            let call = try await live.open(.POST, Self.call, session: try await live.session())
            #expect(eventIDs(in: try await call.body(with: "retry:")).count == 1)
        }
    }
}
