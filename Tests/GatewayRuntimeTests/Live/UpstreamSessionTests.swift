import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Sessions with a server that speaks HTTP itself.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway in front of an HTTP server` {
    typealias Upstream = ScriptedUpstream
    static let call = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x"}}"#
    private static let uid = "0123456789abcdef0123456789abcdef"

    static func answer(_ request: ScriptedUpstream.Request) -> String {
        #"{"jsonrpc":"2.0","id":\#(request.id),"result":{"content":[]}}"#
    }

    /// Begins a session and hands its id to `test`.
    func inSession(
        configure: @escaping @Sendable (inout GatewayConfiguration) -> Void = { _ in },
        answering answer: @escaping @Sendable (Upstream.Request, [Upstream.Request]) -> [Upstream.Step],
        _ test: (LiveGateway, String, ScriptedUpstream) async throws -> Void
    ) async throws {
        try await Upstream.run { request, before in
            if request.isInitialize {
                let count = before.count(where: \.isInitialize)
                return [Upstream.initialized(request, session: "\(Self.uid)\(count)")]
            }
            return request.body.contains("notifications/") ? [Upstream.accepted] : answer(request, before)
        } _: { upstream, configuration in
            try await LiveGateway.run(
                "",
                configure: {
                    ($0.command, $0.upstream) = ([], configuration)
                    configure(&$0)
                }
            ) { live in
                let began = try await live.post(LiveGateway.initialize)
                let ticket = try #require(began.headers.first(name: "mcp-session-id"))
                #expect(began.headers["mcp-session-id"].count == 1 && !ticket.contains(Self.uid))
                try await test(live, ticket, upstream)
            }
        }
    }

    @Test func `passes calls on with the server's own session id`() async throws {
        try await inSession { request, _ in
            [Upstream.json(Self.answer(request), "mcp-session-id: \(Self.uid)0", "set-cookie: a=b", "x-kept: yes")]
        } _: { live, ticket, upstream in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.status == .ok && answer.body.contains(#""id":7"#))
            #expect(answer.headers["mcp-session-id"].isEmpty && answer.headers["set-cookie"].isEmpty)
            #expect(answer.headers["x-kept"] == ["yes"])
            let call = try #require(upstream.requests.last)
            #expect(call.field("mcp-session-id") == "\(Self.uid)0" && call.body == Self.call)
        }
    }

    @Test func `begins a forgotten session anew and sends the refused call again, once`() async throws {
        try await inSession { request, _ in
            let isKnown = request.field("mcp-session-id") == "\(Self.uid)1"
            return isKnown ? [Upstream.json(Self.answer(request))] : [Upstream.json("{}", status: "404 Not Found")]
        } _: { live, ticket, upstream in
            for _ in 1...2 {
                let answer = try await live.post(Self.call, session: ticket)
                #expect(answer.status == .ok && answer.body.contains("result"))
            }
            let bodies = upstream.requests.map(\.body)
            #expect(bodies.count(where: { $0.contains(#""initialize""#) }) == 2)
            #expect(bodies.count(where: { $0.contains("notifications/initialized") }) == 1)
            #expect(bodies.count(where: { $0 == Self.call }) == 3)
            #expect(bodies[3].contains(#""clientInfo":{"name":"test","version":"1"}"#) || bodies.count == 6)
        }
    }

    @Test func `gives up on a server that forgets every session`() async throws {
        try await inSession { _, _ in
            [Upstream.json("{}", status: "404 Not Found")]
        } _: { live, ticket, _ in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.status == .ok && answer.body.contains(#""id":7,"error""#))
        }
    }

    @Test func `passes event streams byte for byte, and errors with their status`() async throws {
        let events = ": hello\n\nid: 1\r\ndata: {\"jsonrpc\":\"2.0\",\r\ndata: \"id\":7,\"result\":{}}\r\n\r\n"
        try await inSession { request, before in
            if before.contains(where: { $0.body == Self.call }) {
                return [Upstream.json(#"{"oops":1}"#, status: "500 Internal Server Error", "x-why: because")]
            }
            return [.say(Upstream.streamHead + Upstream.chunk(events) + "0\r\n\r\n")]
        } _: { live, ticket, _ in
            let streamed = try await live.post(Self.call, session: ticket)
            #expect(streamed.body == events && streamed.headers["content-type"] == ["text/event-stream"])
            let failed = try await live.post(Self.call, session: ticket)
            #expect(failed.status == .internalServerError && failed.body == #"{"oops":1}"#)
            #expect(failed.headers["x-why"] == ["because"])
        }
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.close],
        [.say("SSH-2.0-OpenSSH\r\n\r\n")],
        [.say("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"), .close],
        [.say("HTTP/1.1 200 OK\r\n" + String(repeating: "a: \(String(repeating: "b", count: 90))\r\n", count: 2000))],
        [
            .say(ScriptedUpstream.streamHead + ScriptedUpstream.chunk(": x\n\ndata: {\"cut")), .wait(.milliseconds(20)),
            .close,
        ],
        [
            .say(
                ScriptedUpstream.streamHead
                    + ScriptedUpstream.chunk(#"data: {"jsonrpc":"2.0","method":"notifications/x"}"# + "\n\n")
                    + "0\r\n\r\n"
            )
        ],
        [.say("HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Bearer\r\ncontent-length: 0\r\n\r\n")],
    ])
    func `answers a call in words whatever the server does to it`(_ steps: [ScriptedUpstream.Step]) async throws {
        try await inSession { _, _ in
            steps
        } _: { live, ticket, _ in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.status == .ok && answer.body.contains(#""id":7,"error":{"code":-32603"#), "\(answer)")
            #expect(answer.headers["www-authenticate"].isEmpty)
        }
    }

    @Test func `keeps the client of a silent server, and gives it the late answer as an event`() async throws {
        try await inSession(configure: { $0.keepAliveInterval = .milliseconds(100) }) { request, _ in
            [.wait(.milliseconds(2500)), Upstream.json(Self.answer(request))]
        } _: { live, ticket, _ in
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.headers["content-type"] == ["text/event-stream"])
            #expect(answer.body.hasPrefix(": keep-alive\n\n"))
            #expect(answer.body.hasSuffix("data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}\n\n"))
        }
    }

    @Test func `streams a large request, and names it when the server breaks off`() async throws {
        let padding = String(repeating: "x", count: 300_000)
        let large = #"{"method":"tools/call","params":{"name":"x","a":"\#(padding)"},"jsonrpc":"2.0","id":9}"#
        try await inSession { request, before in
            let isFirst = !before.contains { $0.body.count > 300_000 }
            return isFirst ? [Upstream.json(Self.answer(request))] : [.close]
        } _: { live, ticket, upstream in
            let answer = try await live.post(large, session: ticket)
            #expect(answer.body.contains(#""result""#))
            #expect(upstream.requests.last?.body == large)
            let broken = try await live.post(large, session: ticket)
            #expect(broken.status == .ok && broken.body.contains(#""id":9,"error""#))
        }
    }

    @Test func `ends the server's session when nobody uses it, and resumes it with the next call`() async throws {
        try await inSession(configure: { $0.idleTime = .milliseconds(100) }) { request, before in
            if request.method == "delete" { return [Upstream.json("{}")] }
            let ended = before.contains {
                $0.method == "delete" && $0.field("mcp-session-id") == request.field("mcp-session-id")
            }
            return ended ? [Upstream.json("{}", status: "404 Not Found")] : [Upstream.json(Self.answer(request))]
        } _: { live, ticket, upstream in
            for _ in 0..<500 where try await live.counts().sessions > 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await live.counts().sessions == 0)
            let answer = try await live.post(Self.call, session: ticket)
            #expect(answer.body.contains(#""id":7,"result""#))
            #expect(upstream.requests.contains { $0.method == "delete" })
        }
    }

    @Test func `asks again for a GET stream that the server believes to be open`() async throws {
        try await inSession { request, before in
            guard request.method == "get" else { return [Upstream.json(Self.answer(request))] }
            guard before.contains(where: { $0.method == "get" }) else {
                return [Upstream.json("{}", status: "409 Conflict")]
            }
            return [.say(Upstream.streamHead + Upstream.chunk("data: {}\n\n") + "0\r\n\r\n")]
        } _: { live, ticket, _ in
            let stream = try await live.send(
                .GET, session: ticket, ["accept": "text/event-stream", "last-event-id": "3"])
            #expect(stream.status == .ok && stream.body.hasSuffix("data: {}\n\n"), "\(stream)")
        }
    }

    @Test func `serves a server without sessions`() async throws {
        try await Upstream.run { request, _ in
            if request.isInitialize { return [Upstream.initialized(request, session: nil)] }
            return [Upstream.json(Self.answer(request))]
        } _: { upstream, configuration in
            try await LiveGateway.run("", configure: { ($0.command, $0.upstream) = ([], configuration) }) { live in
                let ticket = try await live.post(LiveGateway.initialize).headers.first(name: "mcp-session-id")
                let answer = try await live.post(Self.call, session: ticket)
                #expect(answer.body.contains(#""id":7,"result""#))
                #expect(upstream.requests.allSatisfy { $0.field("mcp-session-id") == nil })
            }
        }
    }

    @Test func `passes requests without a session on as they are, and their answers`() async throws {
        let meta =
            #""io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}"#
        let call = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x","_meta":{\#(meta)}}}"#
        let fields: HTTPHeaders = [
            "content-type": "application/json", "accept": "application/json, text/event-stream",
            "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "x", "mcp-param-a": "b",
        ]
        let refusal = #"{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"no"}}"#
        try await Upstream.run { _, before in
            before.isEmpty ? [Upstream.json(refusal, status: "400 Bad Request")] : [.close]
        } _: { upstream, configuration in
            try await LiveGateway.run("", configure: { ($0.command, $0.upstream) = ([], configuration) }) { live in
                let refused = try await live.send(.POST, call, fields)
                #expect(refused.status == .badRequest && refused.body == refusal)
                #expect(upstream.requests.first?.body == call)
                #expect(upstream.requests.first?.field("mcp-param-a") == "b")
                let broken = try await live.send(.POST, call, fields)
                #expect(broken.status == .ok && broken.body.contains(#""id":7,"error":{"code":-32603"#))
            }
        }
    }

    @Test func `says in words that there is no server, and on its health page`() async throws {
        let nowhere = UpstreamConfiguration(address: try #require(UpstreamAddress("http://127.0.0.1:1/mcp")))
        try await LiveGateway.run("", configure: { ($0.command, $0.upstream) = ([], nowhere) }) { live in
            let answer = try await live.post(LiveGateway.initialize)
            #expect(answer.status == .ok && answer.body.contains("can't be reached (connection refused)"))
            #expect(answer.headers["mcp-session-id"].isEmpty)
            let health = try await live.send(.GET, path: "/health")
            #expect(health.status == .serviceUnavailable && health.body.contains("connection refused"))
        }
    }

    @Test func `gives up a server that never answers initialize`() async throws {
        try await Upstream.run(answering: { _, _ in [] }) { _, configuration in
            let patience = TimeAmount.milliseconds(300)
            try await LiveGateway.run(
                "",
                configure: {
                    ($0.command, $0.upstream, $0.startTime) = ([], configuration, patience)
                }
            ) { live in
                let answer = try await live.post(LiveGateway.initialize)
                #expect(answer.status == .ok && answer.body.contains("did not answer within"))
                #expect(try await live.counts().sessions == 0)
            }
        }
    }
}
