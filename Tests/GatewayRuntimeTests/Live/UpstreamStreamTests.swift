import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

extension `A gateway in front of an HTTP server` {
    private static let answered = "id: 10\ndata: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\n"
    private static let end = "0\r\n\r\n"

    private func resume(_ live: LiveGateway, _ ticket: String, after id: String) async throws -> LiveGateway.Answer {
        try await live.send(.GET, session: ticket, ["accept": "text/event-stream", "last-event-id": id])
    }

    private func listen(_ live: LiveGateway, _ ticket: String) async throws -> LiveGateway.Answer {
        try await live.send(.GET, session: ticket, ["accept": "text/event-stream"])
    }

    private func openStreams(_ live: LiveGateway) async throws -> Int {
        try await live.loop.submit { live.gateway.value.sessions.all.reduce(0) { $0 + $1.listenerCount } }.get()
    }

    @Test func `lets a client come back to a call while it listens`() async throws {
        try await inSession { request, before in
            guard request.field("last-event-id") != nil else {
                return [.say(Upstream.streamHead + Upstream.chunk(": heard\n\n") + Self.end)]
            }
            return [
                .say(Upstream.streamHead), .wait(.milliseconds(600)), .say(Upstream.chunk(Self.answered) + Self.end),
            ]
        } _: { live, ticket, upstream in
            async let rest = resume(live, ticket, after: "9")
            while !upstream.requests.contains(where: { $0.field("last-event-id") == "9" }) { await Task.yield() }
            let heard = try await listen(live, ticket)
            #expect(heard.body.contains(": heard"))
            #expect(try await rest.body.hasSuffix(Self.answered))
        }
    }

    @Test func `replaces the GET stream with the one that goes on where it broke`() async throws {
        try await inSession { request, _ in
            if request.field("last-event-id") == "5" { return [.say(Upstream.streamHead + Self.end)] }
            return [.say(Upstream.streamHead + Upstream.chunk("id: 5\ndata: {}\n\n"))]
        } _: { live, ticket, _ in
            async let broken = listen(live, ticket)
            while try await openStreams(live) == 0 { await Task.yield() }
            // The event is on its way to the client for a moment; until it has passed the server is asked in vain.
            repeat {
                #expect(try await resume(live, ticket, after: "5").status == .ok)
            } while try await openStreams(live) > 0
            #expect(try await broken.body.contains("id: 5"))
        }
    }

    @Test func `ends the GET stream that the server will not open twice`() async throws {
        try await inSession { request, before in
            guard request.field("last-event-id") != nil else {
                return [.say(Upstream.streamHead + Upstream.chunk("id: 5\ndata: {}\n\n"))]
            }
            let isRefused = !before.contains { $0.field("last-event-id") != nil }
            return isRefused
                ? [Upstream.json("{}", status: "409 Conflict")] : [.say(Upstream.streamHead + Self.end)]
        } _: { live, ticket, upstream in
            async let held = listen(live, ticket)
            while !upstream.requests.contains(where: { $0.method == "get" }) { await Task.yield() }
            let resumed = try await resume(live, ticket, after: "4")
            #expect(resumed.status == .ok)
            #expect(try await held.status == .ok)
        }
    }

    @Test func `makes an event stream of messages that come line by line`() async throws {
        let notice = #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        try await inSession { request, _ in
            let lines = [notice + "\n", "\n" + Self.answer(request)]
            return [
                .say(head + Upstream.chunk(lines[0])), .wait(.milliseconds(50)),
                .say(Upstream.chunk(lines[1]) + Self.end),
            ]
        } _: { live, ticket, _ in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.headers["content-type"] == ["text/event-stream"])
            let events = answer.body.split(separator: "\n\n").map {
                $0.split(separator: "data: ").last.map(String.init)
            }
            #expect(events == [notice, #"{"jsonrpc":"2.0","id":7,"result":{"content":[]}}"#])
        }
    }

    @Test(arguments: ["no message", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"])
    func `answers a call whose lines hold no answer in words`(_ second: String) async throws {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        let first = #"{"jsonrpc":"2.0","method":"notifications/x"}"# + "\n"
        try await inSession { _, _ in
            [.say(head + Upstream.chunk(first)), .wait(.milliseconds(50)), .say(Upstream.chunk(second) + Self.end)]
        } _: { live, ticket, _ in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.body.contains(#""id":7,"error":{"code":-32603"#), "\(answer)")
        }
    }
}
