import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Sessions that share one process.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway with one server process for all` {
    /// Answers a call with its process id and the call's own words; `silent` and `die` get no answer, but
    /// the end of the process once both have come.
    private static let server = """
        exec python3 -u -c '
        import json, os, sys
        def say(message):
            print(json.dumps({"jsonrpc": "2.0"} | message), flush=True)
        fatal = set()
        for line in sys.stdin:
            message = json.loads(line)
            method, params = message.get("method"), message.get("params", {})
            if method == "initialize":
                say({"id": message["id"], "result": {"protocolVersion": "2025-11-25", "capabilities": {}}})
            elif method == "noise":
                print("not json")
                say({"method": "x", "params": {"pad": "x" * 300000}})
                for id in [0, "0", 999, None, message["id"] + 1]:
                    say({"id": id, "result": {}})
                say({"id": message["id"], "result": {"pid": os.getpid(), "words": "after noise"}})
                say({"id": message["id"], "result": {"words": "twice"}})
            elif method in ["die", "silent"]:
                fatal.add(method)
                if len(fatal) == 2:
                    os._exit(3)
            elif "id" in message:
                say({"id": message["id"], "result": {"pid": os.getpid(), "words": params.get("words")}})
        '
        """

    private static func run(
        _ configure: @escaping @Sendable (inout GatewayConfiguration) -> Void = { _ in },
        server: String = Self.server,
        _ test: (LiveGateway) async throws -> Void
    ) async throws {
        let configureAll: @Sendable (inout GatewayConfiguration) -> Void = {
            $0.children.sharing = .shared
            $0.messageLimit = 100_000
            configure(&$0)
        }
        try await LiveGateway.run(server, configure: configureAll, test)
    }

    private func begin(_ live: LiveGateway) async throws -> String {
        try #require(try await live.post(LiveGateway.initialize).headers.first(name: "mcp-session-id"))
    }

    private func call(_ method: String, _ words: String = "", id: String = "7") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"words":"\#(words)"}}"#
    }

    /// Waits, in bounds, until so many processes are left.
    private func expectChildren(_ wanted: Int, _ live: LiveGateway) async throws {
        for _ in 0..<1_000 {
            if try await live.counts().children == wanted { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("left: \(try await live.counts())")
    }

    @Test func `serves every session from it, under equal ids`() async throws {
        try await Self.run { live in
            var sessions: [String] = []
            for _ in 0..<20 { sessions.append(try await begin(live)) }
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { tasks in
                for (index, session) in sessions.enumerated() {
                    tasks.addTask {
                        (index, try await live.post(call("echo", "of \(index)", id: #""7""#), session: session).body)
                    }
                }
                return try await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for index in sessions.indices {
                #expect(answers[index]?.contains(#""words": "of \#(index)""#) == true)
                #expect(answers[index]?.contains(#""id": "7""#) == true)
            }
            let counts = try await live.counts()
            #expect(counts.sessions == 20)
            #expect(counts.children == 1)
        }
    }

    @Test func `answers all who waited when it dies, and goes on with another`() async throws {
        try await Self.run { live in
            let first = try await begin(live)
            let second = try await begin(live)
            async let waiting = live.post(call("silent"), session: first)
            let killer = try await live.post(call("die"), session: second)
            for answer in [try await waiting, killer] {
                #expect(answer.status == .ok)
                #expect(answer.body.contains(#""id":7"#))
                #expect(answer.body.contains("it exited with status 3"))
            }
            for session in [first, second] {
                let answer = try await live.post(call("echo", "still here"), session: session)
                #expect(answer.body.contains("still here"))
            }
            #expect(try await live.counts().children == 1)
        }
    }

    @Test func `ends the process some time after the last session, and not before`() async throws {
        try await Self.run({ $0.children.sharedIdleTime = .milliseconds(300) }) { live in
            let first = try await begin(live)
            let second = try await begin(live)
            try await live.delete(first)
            let answer = try await live.post(call("echo", "still here"), session: second)
            #expect(answer.body.contains("still here"))
            #expect(try await live.counts().children == 1)
            try await live.delete(second)
            try await expectChildren(0, live)
            _ = try await begin(live)
            #expect(try await live.counts().children == 1)
        }
    }

    @Test func `lives with a server that talks nonsense`() async throws {
        try await Self.run { live in
            let session = try await begin(live)
            for _ in 0..<3 {
                let answer = try await live.post(call("noise"), session: session)
                #expect(answer.body.contains("after noise"), "\(answer.body)")
            }
        }
    }

    @Test func `gives up a server that never answers initialize, and tells everybody`() async throws {
        try await Self.run({ $0.startTime = .milliseconds(300) }, server: "sleep 60") { live in
            async let one = live.post(LiveGateway.initialize)
            async let two = live.post(LiveGateway.initialize)
            for answer in [try await one, try await two] {
                #expect(answer.headers["mcp-session-id"].isEmpty)
                #expect(answer.body.contains("did not answer initialize"))
            }
            try await expectChildren(0, live)
        }
    }

    @Test func `leaves no process behind when it drains`() async throws {
        try await Self.run { live in
            _ = try await begin(live)
            try await live.delete(try await begin(live))
            try await live.loop.flatSubmit { [gateway = live.gateway] in gateway.value.drain() }.get()
            #expect(try await live.counts().children == 0)
        }
    }
}
