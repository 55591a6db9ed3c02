import HTTPTransport
import NIOCore
import NIOPosix

/// Bursts of connections against gateways of both kinds; after each burst a bystander of either era is served.
struct EdgeRun: Sendable {
    static let name = "http"
    /// Of a thousand inputs, how many connections.
    static let share = 10
    private static let burst = 6
    /// A burst, its bystanders and the gateway's end take less, however slow the machine.
    private static let secondsUntilHang: UInt32 = 120

    let seed: UInt64
    let first: Int
    let patience: Duration

    func run(connections: Int) async throws -> FuzzRun.Report {
        let start = ContinuousClock.now
        let half = max(1, connections / 2)
        let overStdio = try await EdgeGateway.run(try EdgeGateway.overStdio()) { port in
            try await fire(at: port, from: first, connections: half, until: start + patience / 2)
        }
        let overHTTP = try await withUpstream { upstream in
            try await EdgeGateway.run(EdgeGateway.overHTTP(port: upstream)) { port in
                try await fire(at: port, from: first + half, connections: half, until: start + patience)
            }
        }
        LastInput.end()
        return FuzzRun.Report(area: Self.name, inputs: overStdio + overHTTP, time: start.duration(to: .now))
    }

    /// Runs `work` with the port of an MCP server that speaks HTTP.
    private func withUpstream(_ work: (Int) async throws -> Int) async throws -> Int {
        var done = 0
        try await withOwnEventLoop { loop in
            let server = try await loop.submit {
                NIOLoopBound(
                    HTTPServer(eventLoop: loop, limits: HTTPServerLimits(), application: EchoApplication()),
                    eventLoop: loop)
            }.get()
            let address = try await loop.flatSubmit { server.value.bind(host: "127.0.0.1", port: 0) }.get()
            done = try await work(address.port ?? 0)
            try await loop.submit { server.value.close() }.get()
        }
        return done
    }

    /// Answers how many connections there were.
    private func fire(
        at port: Int, from first: Int, connections: Int, until end: ContinuousClock.Instant
    ) async throws -> Int {
        let stage = EdgeStage(port: port, group: MultiThreadedEventLoopGroup.singleton.next())
        let bystander = try await stage.session()
        var attacker = try await stage.session()
        var marks = (issued: Set<String>(), bystanders: Set<String>())
        var done = 0
        while done < connections, ContinuousClock.now < end {
            LastInput.note(first + done)
            LastInput.expectProgress(within: Self.secondsUntilHang)
            if done.isMultiple(of: Self.burst * 50) { attacker = try await stage.session() }
            let count = min(Self.burst, connections - done)
            let attacks = (0..<count).map { position in
                var random = FuzzRandom(seed: seed, area: Self.name, index: first + done + position)
                return EdgeAttack(session: attacker, &random)
            }
            marks.issued.formUnion(attacks.flatMap(\.marks))
            for (position, what) in try await outcome(of: attacks, on: stage, marks) {
                throw violation(what, first + done + position, attacks[position].bytes)
            }
            var random = FuzzRandom(seed: seed, area: "bystander", index: first + done)
            for session in [bystander, nil] {
                let mark = EdgeMark.make(&random)
                marks.bystanders.insert(mark)
                guard let what = try await stage.bystand(session, mark) else { continue }
                throw violation("after this burst: \(what)", first + done, attacks.flatMap(\.bytes))
            }
            done += count
        }
        return done
    }

    private func outcome(
        of attacks: [EdgeAttack],
        on stage: EdgeStage,
        _ marks: (issued: Set<String>, bystanders: Set<String>)
    ) async throws -> [(Int, String)] {
        try await withThrowingTaskGroup(of: (Int, String)?.self) { tasks in
            for (position, attack) in attacks.enumerated() {
                tasks.addTask {
                    let (bytes, isWhole) = try await stage.perform(attack)
                    return attack.judge(bytes, isWhole: isWhole, issued: marks.issued, bystanders: marks.bystanders)
                        .map { (position, $0) }
                }
            }
            var found: [(Int, String)] = []
            for try await one in tasks { if let one { found.append(one) } }
            return found
        }
    }

    private func violation(_ what: String, _ index: Int, _ input: [UInt8]) -> Violation {
        Violation(area: Self.name, seed: seed, index: index, what: what, input: input)
    }
}
