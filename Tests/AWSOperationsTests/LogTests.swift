import FleetModel
import Testing

@testable import AWSOperations

@Suite struct LogTests {
    private func event(_ id: String, at time: Int) -> LogEvent {
        LogEvent(region: "eu-west-1", time: time, stream: "ecs/server/0123456789", message: id, id: id)
    }

    @Test func `a line that was shown is not shown again, and a late one is`() {
        var cursor = LogCursor(start: 0)
        let first = cursor.fresh(of: [event("a", at: 100_000), event("b", at: 110_000)], now: 110_000)
        #expect(first.map(\.id) == ["a", "b"])
        #expect(cursor.start == 110_000 - LogCursor.lateness)
        let late = [event("a", at: 100_000), event("late", at: 105_000), event("b", at: 110_000)]
        #expect(cursor.fresh(of: late, now: 112_000).map(\.id) == ["late"])
    }

    @Test func `what is remembered is bounded, also when everything comes at once`() {
        var cursor = LogCursor(start: 0)
        let events = (0..<LogCursor.most + 500).map { event("\($0)", at: 1000 + $0 / 1000) }
        #expect(cursor.fresh(of: events, now: 2000).count == events.count)
        #expect(cursor.start == 1001)
        #expect(cursor.fresh(of: events.filter { $0.time >= cursor.start }, now: 2000).isEmpty)
    }

    @Test func `a quiet log is not asked for older and older lines`() {
        var cursor = LogCursor(start: 0)
        _ = cursor.fresh(of: [], now: 10_000_000)
        #expect(cursor.start == 10_000_000 - LogCursor.clockError)
    }

    @Test func `pages are read to the end and the newest lines are kept`() async throws {
        let world = FakeWorld([
            FakeWorld.answer(200, page(["c": 3, "a": 1], token: "more")),
            FakeWorld.answer(200, page([:], token: "still")),
            FakeWorld.answer(200, page(["b": 2, "d": 4])),
        ])
        let reader = LogReader(client(world), group: "/ecs/my-mcp-dev-eu-west-1")
        let excerpt = try await reader.newest(of: LogQuery(since: 1, until: 9, pattern: "x", limit: 3))
        #expect(excerpt.events.map(\.id) == ["b", "c", "d"])
        #expect(excerpt.leftOut == 1 && !excerpt.isCut)
        let bodies = world.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies[0].contains(#""filterPattern":"x""#) && bodies[0].contains(#""endTime":9"#))
        #expect(bodies[2].contains(#""nextToken":"still""#))
        #expect(world.requests[0].headers.contains { $0.value == "Logs_20140328.FilterLogEvents" })
    }

    @Test func `a log group that is not there is told with its name`() async {
        let world = FakeWorld([
            FakeWorld.answer(400, #"{"__type":"ResourceNotFoundException","message":"no group"}"#)
        ])
        let problem = await #expect(throws: Problem.self) {
            try await LogReader(client(world), group: "/ecs/x").newest(of: LogQuery(since: 1, limit: 3))
        }
        #expect(problem?.summary == "there is no log group /ecs/x")
    }

    @Test func `a stream that ECS did not make is its own task`() {
        let made = LogEvent(region: "r", time: 0, stream: "ecs/gateway/0123", message: "", id: "")
        #expect(made.task == "0123" && made.container == "gateway")
        let other = LogEvent(region: "r", time: 0, stream: "by-hand", message: "", id: "")
        #expect(other.task == "by-hand" && other.container == nil)
    }

    private func client(_ world: FakeWorld) -> AWSClient {
        AWSClient(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "a", secretAccessKey: Secret("s")),
            world.surroundings)
    }

    private func page(_ events: KeyValuePairs<String, Int>, token: String? = nil) -> String {
        let lines = events.map {
            #"{"logStreamName":"ecs/server/1","timestamp":\#($0.value),"message":"m","eventId":"\#($0.key)"}"#
        }
        return #"{"events":[\#(lines.joined(separator: ","))]\#(token.map { #","nextToken":"\#($0)""# } ?? "")}"#
    }
}
