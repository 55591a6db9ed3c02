import AWSOperations
import FleetModel
import Synchronization
import Testing

@testable import OperatorCommands

/// `logs` against answers of AWS's form.
@Suite struct LogsVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x] }
        regions: { eu-west-1: {}, us-east-1: {} }
        """

    private func event(_ id: String, _ time: Int, _ message: String) -> String {
        """
        {"logStreamName": "ecs/server/0123456789abcdef", "timestamp": \(time), "message": "\(message)",
         "eventId": "\(id)"}
        """
    }

    private func run(
        _ words: [String],
        rounds: Int = 1,
        _ answer: @escaping AWSDouble.Answer
    ) async -> (code: Int32, bench: Workbench, aws: AWSDouble) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": Self.file])
        let aws = AWSDouble(answer)
        var surroundings = aws.surroundings
        let left = Mutex(rounds)
        surroundings.now = { 1_790_000_000 }
        surroundings.pause = { _ in
            let isOver = left.withLock { count in
                count -= 1
                return count <= 0
            }
            if isOver { throw CancellationError() }
        }
        var effects = bench.effects
        effects.aws = { [surroundings] in surroundings }
        return (await Root.run(arguments: words, effects: effects), bench, aws)
    }

    @Test func `lines of all regions are one log, by their time`() async {
        let (code, bench, aws) = await run(["logs", "--since", "2h", "--filter", "x"]) { region, _ in
            let events =
                region == "eu-west-1"
                ? [event("a", 1_789_999_000_000, "first"), event("c", 1_789_999_002_500, "third")]
                : [event("b", 1_789_999_001_000, "sec\\u001b[2Jond\\n")]
            return (200, #"{"events": [\#(events.joined(separator: ","))]}"#)
        }
        #expect(code == 0, "\(bench.err)")
        #expect(
            bench.out == """
                eu-west-1 01234567 2026-09-21T13:56:40.000Z first
                us-east-1 01234567 2026-09-21T13:56:41.000Z second
                eu-west-1 01234567 2026-09-21T13:56:42.500Z third

                """
        )
        #expect(aws.bodies(of: "FilterLogEvents").allSatisfy { $0.contains(#""startTime":1789992800000"#) })
    }

    @Test func `as JSON every line is an object`() async {
        let (code, bench, _) = await run(["logs", "--json", "--region", "eu-west-1"]) { _, _ in
            (200, #"{"events": [\#(event("a", 1_789_999_000_000, "say \\\"hi\\\""))]}"#)
        }
        #expect(code == 0)
        #expect(
            bench.out == #"{"container":"server","message":"say \"hi\"","region":"eu-west-1","#
                + #""task":"0123456789abcdef","time":"2026-09-21T13:56:40.000Z"}"# + "\n"
        )
    }

    @Test func `a region that refuses is told, and the other is shown`() async {
        let (code, bench, _) = await run(["logs"]) { region, _ in
            region == "us-east-1"
                ? (400, #"{"__type":"AccessDeniedException","message":"no"}"#)
                : (200, #"{"events": [\#(event("a", 1_789_999_000_000, "here"))]}"#)
        }
        #expect(code == 1 && bench.out.hasSuffix(" here\n"))
        #expect(bench.err.hasPrefix("Error: us-east-1: AWS refused logs:FilterLogEvents\n"))
    }

    @Test func `what the limit leaves out is said`() async {
        let (code, bench, _) = await run(["logs", "--limit", "1", "--region", "eu-west-1"]) { _, _ in
            (200, #"{"events": [\#(event("a", 1, "old")), \#(event("b", 1_789_999_000_000, "new"))]}"#)
        }
        #expect(code == 0 && bench.out.hasSuffix(" new\n") && !bench.out.contains("old"))
        #expect(
            bench.err == "eu-west-1: 1 earlier lines are left out; narrow it with --since, or raise --limit\n")
    }

    @Test func `following shows each line once, and ends as it is interrupted`() async {
        let round = Mutex(0)
        let (code, bench, _) = await run(["logs", "-f", "--region", "eu-west-1"], rounds: 3) { _, _ in
            let count = round.withLock { count in
                count += 1
                return count
            }
            let events = (0..<count).map { event("\($0)", 1_789_999_990_000 + $0, "line \($0)") }
            return (200, #"{"events": [\#(events.joined(separator: ","))]}"#)
        }
        #expect(code == 130)
        #expect(bench.out.split(separator: "\n").map { $0.suffix(6) } == ["line 0", "line 1", "line 2"])
        #expect(bench.err.isEmpty)
    }

    @Test func `a region that stops answering is told once while it is followed`() async {
        let round = Mutex(0)
        let (code, bench, _) = await run(["logs", "-f", "--region", "eu-west-1"], rounds: 4) { _, _ in
            let count = round.withLock { count in
                count += 1
                return count
            }
            guard count > 1 else { return (200, #"{"events": [\#(event("a", 1_789_999_990_000, "here"))]}"#) }
            return (400, #"{"__type":"ExpiredTokenException","message":"over"}"#)
        }
        #expect(code == 130 && bench.out.hasSuffix("here\n"))
        #expect(bench.err.split(separator: "\n").filter { $0.hasPrefix("Error:") }.count == 1, "\(bench.err)")
    }

    @Test(
        arguments: [
            (["logs", "--since", "soon"], 64),
            (["logs", "--since", "5x"], 64),
            (["logs", "--limit", "0"], 64),
            (["logs", "-f", "--until", "1m"], 64),
            (["logs", "--since", "1m", "--until", "2m"], 1),
        ] as [([String], Int32)])
    func `what can't be asked is refused before AWS is asked`(_ words: [String], _ code: Int32) async {
        let (ended, _, aws) = await run(words) { _, _ in (200, #"{"events": []}"#) }
        #expect(ended == code && aws.bodies(of: "FilterLogEvents").isEmpty)
    }

    @Test(
        arguments: [
            ("90s", .ago(90)), ("15m", .ago(900)), ("3d", .ago(259_200)),
            ("2026-09-21T13:56:40Z", .at(1_789_999_000_000)),
            ("2026-09-21T13:56:40.250Z", .at(1_789_999_000_250)), ("-5m", nil), ("m", nil), ("1.5h", nil), ("", nil),
        ] as [(String, MomentOption?)])
    func `a moment is so long ago, or a time`(_ text: String, _ moment: MomentOption?) {
        #expect(MomentOption(argument: text) == moment)
    }
}
