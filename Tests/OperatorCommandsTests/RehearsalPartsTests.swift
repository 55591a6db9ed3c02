import AWSOperations
import FleetModel
import HTTPTransport
import Synchronization
import Testing

@testable import OperatorCommands

/// What a rehearsal is made of, by itself.
@Suite struct RehearsalPartsTests {
    private func fleet(_ more: String = "") throws -> Fleet {
        try FleetFile.parse(
            """
            project_name: my-mcp
            server: { command: [x], image: "i:1" }
            regions: { eu-west-1: {} }
            \(more)
            """, named: "slipway.yaml")
    }

    @Test func `a fleet has the acts that its file and this machine allow`() throws {
        let plain = try fleet()
        let left = RehearsalStage.allCases.filter { $0.omission(of: plain, isReal: false) != nil }
        #expect(left == [.secrets, .probe, .kill, .down, .up])
        let scheduled = try fleet("schedule: { enable_weekend_only: true }")
        #expect(RehearsalStage.allCases.filter { $0.omission(of: scheduled, isReal: true) != nil } == [.secrets])
    }

    @Test func `calls are tallied, and the first failures kept in words`() {
        var tally = TrafficTally(region: "eu-west-1", revision: "2025-11-25", clients: 2)
        tally.take(TrafficCall(milliseconds: 12, failure: nil))
        for number in 1...7 { tally.take(TrafficCall(milliseconds: number, failure: "answered 502: \(number)")) }
        #expect(tally.calls == 8 && tally.failed == 7 && tally.slowest == 12)
        #expect(tally.failures.count == 5)
        #expect(tally.words == "eu-west-1, 2025-11-25: 8 calls by 2 clients, 7 failed, the slowest took 12 ms")
    }

    @Test(arguments: [
        (200, #"{"jsonrpc":"2.0","id":7,"result":{"tools":[]}}"#, nil),
        (200, #"{"jsonrpc":"2.0","id":6,"result":{"tools":[]}}"#, "answered 200 with no answer to the call"),
        (200, #"{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"gone"}}"#, "-32603: gone"),
        (502, "bad gateway", "answered 502: bad gateway"),
    ])
    func `a call is good when its own answer came`(_ status: Int, _ body: String, _ failure: String?) {
        let response = WebResponse(status: status, body: Array(body.utf8))
        #expect(TrafficCaller.failure(.success(response), id: 7) == failure)
    }

    @Test func `a client begins a session, calls in it, and stops when nobody wants more`() async throws {
        let asked = Mutex<[String]>([])
        let web = WebClient { request in
            let body = String(decoding: request.body, as: UTF8.self)
            let session = request.headers.first { $0.name == "mcp-session-id" }?.value ?? "none"
            let method = body.split(separator: "\"method\":\"").last?.prefix { $0 != "\"" } ?? ""
            asked.withLock { $0.append("\(method) in \(session)") }
            let id = body.split(separator: "\"id\":").dropFirst().first?.prefix { $0.isNumber } ?? ""
            return .success(
                WebResponse(
                    status: 200, headers: [WebRequest.Header("mcp-session-id", "s1")],
                    body: Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":{}}".utf8)))
        }
        let caller = TrafficCaller(
            location: try #require(HTTPLocation("http://127.0.0.1:1/mcp")), isModern: false, headers: [], web: web,
            elapsed: { .zero }, pause: { _ in await Task.yield() })
        let traffic = Traffic(lanes: [Traffic.Lane(region: "eu-west-1", caller: caller, clients: 1)])
        let tallies = try await traffic.during {
            while asked.withLock({ $0.count }) < 5 { await Task.yield() }
        }
        #expect(tallies[0].failed == 0 && tallies[0].calls >= 2)
        #expect(
            asked.withLock { $0.prefix(4) } == [
                "initialize in none", "notifications/initialized in s1", "tools/list in s1", "tools/list in s1",
            ])
    }

    @Test func `rows of a table become sentences`() {
        let rows = RehearsalActs.rows("REGION     STATE    CHANGES\neu-west-1  applied  35 added\n")
        #expect(rows.map(RehearsalActs.sentence) == ["eu-west-1, applied, 35 added"])
        #expect(RehearsalActs.rows("  a: was 7, is 30\n").map(RehearsalActs.sentence) == ["a: was 7, is 30"])
    }

    private func answer(_ acts: [RehearsalRecord]) -> RehearsalAnswer {
        RehearsalAnswer(
            fleet: "my-mcp", regions: ["eu-west-1"], withoutContainers: nil, lasted: 100,
            acts: acts, notShown: ["how long AWS takes"])
    }

    private func record(_ stage: RehearsalStage, _ state: RehearsalRecord.State, _ facts: String...) -> RehearsalRecord
    {
        RehearsalRecord(stage: stage, title: stage.title, state: state, began: 10, lasted: 20, facts: facts)
    }

    @Test func `a rehearsal is as good as its worst act`() {
        #expect(answer([record(.apply, .passed), record(.down, .omitted)]).verdict == .passed)
        #expect(answer([record(.apply, .passed), record(.scale, .failed)]).verdict == .failed)
        #expect(answer([record(.scale, .failed), record(.destroy, .interrupted)]).verdict == .interrupted)
    }

    @Test func `the page shows every act, and runs nothing that an act has said`() throws {
        let page = RehearsalPage(
            answer([record(.apply, .passed, "<script>alert(1)</script>"), record(.kill, .failed)]), try fleet()
        ).html
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"))
        #expect(page.contains("Every region is made with the real Terraform"))
        #expect(page.contains("Failed. 1 of 2 acts passed in 1 min 40 s."))
        #expect(page.contains("how long AWS takes"))
        // The picture's bar of an act that began after 10 of 100 seconds and took 20.
        #expect(page.contains("<rect x=\"191.0\" y=\"4.0\" width=\"142.0\""))
        #expect(page.contains("load balancer<br>HTTP 80"))
    }
}
