import AWSOperations
import FleetModel
import Synchronization
import Testing

@testable import OperatorCommands

/// `probe` against endpoints of every kind; EndToEndTests has it against a running fleet.
@Suite struct ProbeVerbTests {
    private static let initialized = """
        {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}}}
        """
    private static let discovered = """
        {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"]}}
        """

    /// What an endpoint says, by what it is asked.
    private static func good(_ request: WebRequest) -> WebResponse {
        let body = String(decoding: request.body, as: UTF8.self)
        let end = 1_790_000_000 + 90 * 86400
        switch request.method {
        case "GET": return WebResponse(status: 200, body: [], certificateEnd: end)
        case "DELETE": return WebResponse(status: 204, body: [])
        case _ where body.contains("initialized"): return WebResponse(status: 202, body: [])
        case _ where body.contains("initialize"):
            return WebResponse(
                status: 200, headers: [WebRequest.Header("Mcp-Session-Id", "s1")], body: Array(initialized.utf8))
        default:
            let stream = "event: message\r\ndata: \(discovered)\r\n\r\n"
            return WebResponse(
                status: 200, headers: [WebRequest.Header("content-type", "text/event-stream")], body: Array(stream.utf8)
            )
        }
    }

    private func probe(
        _ words: [String] = ["--url", "https://mcp.example.com/mcp"],
        files: [String: String] = [:],
        now: Int = 1_790_000_000,
        aws answer: AWSDouble.Answer? = nil,
        answering endpoint: @escaping @Sendable (WebRequest) -> Result<WebResponse, WebFailure> = { .success(good($0)) }
    ) async -> (code: Int32, bench: Workbench, sent: [WebRequest]) {
        let bench = Workbench(files: files)
        var effects = bench.effects
        let sent = Mutex<[WebRequest]>([])
        let clock = Mutex(Duration.zero)
        effects.web = WebClient { request in
            sent.withLock { $0.append(request) }
            return endpoint(request)
        }
        effects.elapsed = {
            clock.withLock { time in
                time += .milliseconds(20)
                return time
            }
        }
        effects.readSecret = { _ in Secret("Bearer hush\n") }
        var surroundings = answer.map { AWSDouble($0).surroundings } ?? .refusing
        surroundings.now = { now }
        effects.aws = { [surroundings] in surroundings }
        let code = await Root.run(arguments: ["probe"] + words, effects: effects)
        return (code, bench, sent.withLock { $0 })
    }

    @Test func `an endpoint of both eras is good`() async {
        let (code, bench, sent) = await probe()
        #expect(code == 0 && bench.err.isEmpty, "\(bench.err)")
        #expect(
            bench.out == """
                VIA              HEALTH  SESSIONS           MODERN             CERTIFICATE
                mcp.example.com  20 ms   2025-11-25, 20 ms  2026-07-28, 20 ms  90 days

                """
        )
        #expect(sent.map(\.method) == ["GET", "POST", "POST", "DELETE", "POST"])
        #expect(sent[0].url == "https://mcp.example.com/health")
        for request in sent[2...3] {
            #expect(request.headers.contains { $0.name == "mcp-session-id" && $0.value == "s1" })
            #expect(request.headers.contains { $0.name == "mcp-protocol-version" && $0.value == "2025-11-25" })
        }
        #expect(sent[4].headers.contains { $0.name == "mcp-method" && $0.value == "server/discover" })
    }

    @Test func `an endpoint of one era, without a health page, is good too`() async {
        let (code, bench, _) = await probe(answering: { request in
            let isLegacy = String(decoding: request.body, as: UTF8.self).contains("initialize")
            if isLegacy { return .success(Self.good(request)) }
            return .success(WebResponse(status: request.method == "DELETE" ? 405 : 404, body: Array("no".utf8)))
        })
        #expect(code == 0, "\(bench.err)")
        #expect(bench.out.contains("not served  2025-11-25, 20 ms  not served\n"), "\(bench.out)")
    }

    @Test(
        arguments: [
            (502, "Bad Gateway\nmore", 1, "is wrong\n  answered 502: Bad Gateway\n"),
            (200, "<html>", 1, "answered 200 with something that is no answer to a handshake"),
            (200, #"{"jsonrpc":"2.0","id":7,"result":{"protocolVersion":"x"}}"#, 1, "is no answer to a handshake"),
            (404, "not here", 1, "knows neither handshake of MCP\n  answered 404: not here"),
            (401, "who?", 1, "asks for authorization\n  answered 401: who?"),
        ] as [(Int, String, Int32, String)])
    func `what is wrong is told`(_ status: Int, _ body: String, _ code: Int32, _ words: String) async {
        let (ended, bench, _) = await probe(answering: { request in
            .success(
                request.method == "GET"
                    ? WebResponse(status: 200, body: []) : WebResponse(status: status, body: Array(body.utf8)))
        })
        #expect(ended == code && bench.err.contains(words), "\(bench.err)")
    }

    @Test func `nobody there is told once`() async {
        let (code, bench, sent) = await probe(answering: { _ in
            .failure(WebFailure("connection refused", mayHaveHappened: false))
        })
        #expect(code == 1 && sent.count == 1)
        #expect(
            bench.err
                == "Error: the health page of https://mcp.example.com/mcp is wrong\n  connection refused\n")
    }

    @Test func `a certificate that soon ends is wrong`() async {
        let (code, bench, _) = await probe(now: 1_790_000_000 + 80 * 86400)
        #expect(code == 1 && bench.err.contains("ends in 10 days"), "\(bench.err)")
    }

    @Test func `a header comes from a file or a prompt, is sent to the endpoint only, and said nowhere`() async {
        let files = ["/srv/my-mcp/h.txt": "X-Key: hush\n\n"]
        let words = ["--url", "https://mcp.example.com/mcp", "--header-file", "h.txt", "--authorization"]
        let (code, bench, sent) = await probe(words, files: files)
        #expect(code == 0 && !(bench.out + bench.err).contains("hush"), "\(bench.err)")
        #expect(sent.dropFirst().allSatisfy { $0.headers.contains { $0.name == "X-Key" && $0.value == "hush" } })
        #expect(sent.dropFirst().allSatisfy { $0.headers.contains { $0.value == "Bearer hush" } })
        #expect(!sent[0].headers.contains { $0.value.contains("hush") })
    }

    @Test func `a header is not sent where others could read it`() async {
        let (code, bench, sent) = await probe(["--url", "http://mcp.example.com/mcp", "--authorization"])
        #expect(code == 1 && sent.isEmpty)
        #expect(bench.err.hasPrefix("Error: the headers were not sent to http://mcp.example.com/mcp\n"))
        let (loopback, _, _) = await probe(["--url", "http://127.0.0.1:8080/mcp", "--authorization"])
        #expect(loopback == 0)
    }

    @Test(arguments: ["no colon", ": value", "Name:", "Bad Name: x", "Name: \u{1B}"])
    func `what is no header is refused without its value`(_ line: String) async {
        let (code, bench, _) = await probe(
            ["--url", "https://mcp.example.com/mcp", "--header-file", "h"], files: ["/srv/my-mcp/h": line])
        #expect(code == 1)
        #expect(bench.err.hasPrefix("Error: h:1: is not a header\n"), "\(bench.err)")
    }

    private static let fleet = """
        project_name: my-mcp
        server: { command: [x] }
        regions: { eu-west-1: {}, us-east-1: {} }
        domain: { enable_domain: true, domain_name: example.com }
        """

    private static func region(_ count: Int, scheduled: Bool = false) -> AWSDouble.Answer {
        { region, action in
            let desired = region == "eu-west-1" ? 2 : count
            return switch action {
            case "DescribeServices":
                (
                    200,
                    #"{"services": [{"status": "ACTIVE", "desiredCount": \#(desired), "runningCount": \#(desired)}]}"#
                )
            case "DescribeScalableTargets": (200, #"{"ScalableTargets": []}"#)
            case "DescribeListeners": (200, "<R><DescribeListenersResult/></R>")
            default:
                (
                    200,
                    """
                    <R><DescribeLoadBalancersResult><LoadBalancers><member><DNSName>alb.\(region).example</DNSName>
                    <LoadBalancerArn>a</LoadBalancerArn></member></LoadBalancers></DescribeLoadBalancersResult></R>
                    """
                )
            }
        }
    }

    @Test func `a fleet is looked at by its name and by each of its balancers`() async {
        let files = ["/srv/my-mcp/slipway.yaml": Self.fleet]
        let (code, bench, sent) = await probe([], files: files, aws: Self.region(2))
        #expect(code == 0, "\(bench.err)")
        #expect(
            bench.out.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
                "VIA", "mcp.example.com", "eu-west-1", "us-east-1",
            ])
        #expect(Set(sent.map(\.connectTo)) == [nil, "alb.eu-west-1.example", "alb.us-east-1.example"])
        #expect(sent.allSatisfy { $0.url.hasPrefix("https://mcp.example.com/") })
    }

    @Test func `a region without tasks is wrong, unless its schedule says so`() async {
        let plain = await probe([], files: ["/srv/my-mcp/slipway.yaml": Self.fleet], aws: Self.region(0))
        #expect(plain.code == 1)
        #expect(plain.bench.err.contains("Error: us-east-1: no tasks run, and none are wanted\n"), "\(plain.bench.err)")
        // 1 790 000 000 is a Monday.
        let scheduled = Self.fleet + "\nschedule: { enable_weekend_only: true }\n"
        let asleep = await probe([], files: ["/srv/my-mcp/slipway.yaml": scheduled], aws: Self.region(0))
        #expect(asleep.code == 0, "\(asleep.bench.err)")
        #expect(
            asleep.bench.out.hasSuffix("us-east-1: outside of its hours: Saturdays and Sundays, 6:00 to 22:00 UTC\n"))
        let saturday = 1_790_000_000 + 5 * 86400
        let late = await probe(
            [], files: ["/srv/my-mcp/slipway.yaml": scheduled], now: saturday, aws: Self.region(0))
        #expect(late.code == 1)
    }

    @Test func `one region's trouble is told by its name, with the way there`() async {
        let files = ["/srv/my-mcp/slipway.yaml": Self.fleet]
        let (code, bench, _) = await probe(
            [], files: files, aws: Self.region(2),
            answering: { request in
                request.connectTo == "alb.us-east-1.example" && request.method == "GET"
                    ? .success(WebResponse(status: 503, body: Array("no task".utf8))) : .success(Self.good(request))
            })
        #expect(code == 1)
        #expect(
            bench.err == """
                Error: us-east-1: the health page of https://mcp.example.com/mcp by alb.us-east-1.example is wrong
                  answered 503: no task
                  Hint: slipway why --region us-east-1

                """
        )
    }
}
