import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `A bridge to an older server` {
    /// Counts its calls; `slow` ones take half a second, and of `quick` ones an argument is mirrored.
    private static let server = #"""
        n=0
        while read -r line; do
          case "$line" in
            *'"server/discover"'*)
              printf '{"jsonrpc":"2.0","id":"slipway-discover","error":{"code":-32601,"message":"?"}}\n';;
            *'"initialize"'*)
              printf '{"jsonrpc":"2.0","id":"slipway-initialize","result":{"capabilities":{"tools":{}},'
              printf '"serverInfo":{"name":"s","version":"1"}}}\n';;
            *'"tools/list"'*)
              printf '{"jsonrpc":"2.0","id":"slipway-tools","result":{"tools":[{"name":"quick","inputSchema":{'
              printf '"properties":{"region":{"type":"string","x-mcp-header":"Region"}}}}]}}\n';;
            *'"tools/call"'*)
              n=$((n+1))
              case "$line" in *'"slow"'*) sleep 0.5;; esac
              printf '{"jsonrpc":"2.0","id":"slipway-call","result":{"n":%d,"pid":%d}}\n' $n $$;;
          esac
        done
        """#

    private func call(
        _ live: LiveGateway,
        _ id: Int,
        tool: String = "quick",
        capabilities: String = "{}",
        key: String? = nil,
        region: String? = nil,
        header: String? = nil
    ) async throws -> LiveGateway.Answer {
        let meta =
            #""io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":\#(capabilities)"#
        let arguments = region.map { #""arguments":{"region":"\#($0)"},"# } ?? ""
        let params = #"{"name":"\#(tool)",\#(arguments)"_meta":{\#(meta)}}"#
        let message = #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":\#(params)}"#
        var headers: HTTPHeaders = [
            "content-type": "application/json", "accept": "application/json, text/event-stream",
            "content-length": "\(message.utf8.count)", "mcp-protocol-version": "2026-07-28",
            "mcp-method": "tools/call", "mcp-name": tool,
        ]
        if let header { headers.add(name: "mcp-param-region", value: header) }
        if let key { headers.add(name: "x-api-key", value: key) }
        return try await live.send(.POST, message, headers)
    }

    private func process(_ answer: LiveGateway.Answer) -> Substring? {
        answer.body.split(separator: #""pid":"#).last.map { $0.prefix(while: \.isNumber) }
    }

    @Test func `serves one request after another with one process`() async throws {
        try await LiveGateway.run(Self.server) { live in
            for number in 1...3 {
                let answer = try await call(live, number)
                #expect(answer.status == .ok)
                #expect(answer.body.contains(#""id":\#(number),"#) && answer.body.contains(#""n":\#(number),"#))
                #expect(answer.headers["mcp-session-id"].isEmpty)
            }
            #expect(try await live.counts() == (sessions: 0, children: 1))
        }
    }

    @Test func `has a process work for one request at a time`() async throws {
        try await LiveGateway.run(Self.server) { live in
            async let one = call(live, 1, tool: "slow")
            async let other = call(live, 2, tool: "slow")
            let processes = try await [process(one), process(other)]
            #expect(Set(processes).count == 2 && !processes.contains(nil))
        }
    }

    @Test func `has no process work for two callers`() async throws {
        let (alice, bob) = ("alice-0123456789abcdef", "bob-0123456789abcdef")
        let keys = try NamedKeys(reading: ["alice:\(alice)", "bob:\(bob)"])
        try await LiveGateway.run(Self.server) {
            $0.door.signIn = .keys(keys)
        } _: { live in
            let processes = try await [
                process(call(live, 1, key: alice)), process(call(live, 2, key: bob)),
                process(call(live, 3, key: alice)),
            ]
            #expect(processes[0] == processes[2] && processes[0] != processes[1] && !processes.contains(nil))
        }
    }

    @Test func `holds a call to what its headers say of its arguments`() async throws {
        try await LiveGateway.run(Self.server) { live in
            for (number, header) in [nil, "east", "=?base64?d2VzdA?="].enumerated() {
                let answer = try await call(live, number, region: "west", header: header)
                #expect(
                    answer.status == .badRequest && answer.body.contains(#""id":\#(number),"error":{"code":-32020"#))
            }
            let answer = try await call(live, 7, region: "west", header: "west")
            #expect(answer.status == .ok && answer.body.contains(#""n":1,"#), "nothing refused reached the server")
            #expect(try await live.counts().children == 1, "it is asked for its tools with the process that is called")
        }
    }

    @Test func `is not built where a server keeps its sessions to itself`() async throws {
        try await LiveGateway.run(Self.server) {
            $0.sessionRules.eras = .sessions
        } _: { live in
            let answer = try await call(live, 7)
            // No code of the newer revision, or a client that speaks both would not fall back.
            #expect(answer.status == .badRequest && answer.body.contains(#""id":7,"error":{"code":-32600"#))
            #expect(try await live.counts().children == 0)
        }
    }

    @Test func `lets requests wait where it may start no more processes`() async throws {
        try await LiveGateway.run(Self.server) {
            $0.children.warmLimit = 1
        } _: { live in
            async let one = call(live, 1, tool: "slow")
            async let other = call(live, 2, tool: "slow")
            async let third = call(live, 3, tool: "slow", capabilities: #"{"sampling":{}}"#)
            let answers = try await [one, other, third]
            #expect(answers.allSatisfy { $0.status == .ok && $0.body.contains(#""result""#) })
            #expect(try await live.counts().children <= 2)
        }
    }

    @Test func `starts another process for a server that can't bear to be asked for its era`() async throws {
        let fragile = Self.server.replacing(
            "while read -r line; do",
            with: """
                while read -r line; do
                  case "$line" in *'"server/discover"'*) exit 3;; esac
                """)
        try await LiveGateway.run(fragile) { live in
            let answer = try await call(live, 7)
            #expect(answer.body.contains(#""n":1"#))
        }
    }

    @Test func `tells only the client that a server refuses, and takes the server for well`() async throws {
        let picky = Self.server.replacing(
            "*'\"initialize\"'*)",
            with: """
                *'"initialize"'*'"sampling"'*)
                  printf '{"jsonrpc":"2.0","id":"slipway-initialize","error":{"code":-32602,"message":"no"}}\\n';;
                *'"initialize"'*)
                """)
        try await LiveGateway.run(picky) { live in
            for id in 1...6 {
                let refused = try await call(live, id, capabilities: #"{"sampling":{}}"#)
                #expect(refused.body.contains(#""id":\#(id),"error":{"code":-32603"#))
                #expect(refused.body.contains("refused to be initialized"))
            }
            #expect(try await call(live, 7).body.contains(#""id":7,"result""#))
            #expect(try await live.ask(.GET, "/health").status == .ok)
        }
    }

    @Test func `says in words that a server does not start`() async throws {
        try await LiveGateway.run("exit 9") { live in
            let answer = try await call(live, 7)
            #expect(answer.body.contains(#""id":7,"error":{"code":-32603"#) && answer.body.contains("status 9"))
        }
    }
}
