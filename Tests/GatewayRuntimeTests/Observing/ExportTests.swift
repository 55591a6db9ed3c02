import Foundation
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `Metrics on their way out` {
    @Test func `are escaped as Prometheus reads them`() {
        let page = PrometheusText.page([
            MetricFamily(
                "a_total", .counter, "Two\nlines and a \\.", [.init(labels: [("x", "a\"b\\c\nd")], value: 1.5)]),
            MetricFamily("none", .counter, "No sample.", []),
            MetricFamily("b", .gauge, "B.", 3),
        ])
        #expect(
            page == #"""
                # HELP a_total Two\nlines and a \\.
                # TYPE a_total counter
                a_total{x="a\"b\\c\nd"} 1.5
                # HELP b B.
                # TYPE b gauge
                b 3

                """#
        )
    }

    private struct Line: Decodable {
        struct Directive: Decodable {
            struct Metric: Decodable {
                let Name: String
                let Unit: String
            }
            let Namespace: String
            let Dimensions: [[String]]
            let Metrics: [Metric]
        }
        struct Metadata: Decodable {
            let Timestamp: Int
            let CloudWatchMetrics: [Directive]
        }
        let _aws: Metadata
        let Service: String
        let replica: String
        let Calls: Int
        let ServerCrashes: Int
        let Sessions: Int
        let Latency: [Double]?
    }

    private func read(_ text: String) throws -> Line {
        #expect(text.hasSuffix("}\n") && text.dropLast().allSatisfy { !$0.isNewline })
        return try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    }

    @Test func `are one line of JSON for CloudWatch, with what came since the line before`() throws {
        var metrics = EmbeddedMetrics(service: "a\"b")
        var totals = MetricTotals()
        totals.calls = 5
        totals.sessions = 3
        totals.starts.crashed = 1
        totals.latency.observe(0.02)
        let first = try read(metrics.line(totals, milliseconds: 1_700_000_000_123, replica: "10.0.0.1:8001"))
        #expect(first._aws.Timestamp == 1_700_000_000_123)
        #expect(first.Calls == 5 && first.Sessions == 3 && first.ServerCrashes == 1 && first.Latency == [17.5])
        #expect(first.Service == "a\"b" && first.replica == "10.0.0.1:8001")
        let directive = try #require(first._aws.CloudWatchMetrics.first)
        #expect(directive.Namespace == "Slipway" && directive.Dimensions == [["Service"]])
        #expect(directive.Metrics.count <= 100 && directive.Metrics.contains { $0.Name == "Latency" })
        totals.calls = 7
        let second = try read(metrics.line(totals, milliseconds: 1, replica: "r"))
        #expect(second.Calls == 2 && second.Sessions == 3 && second.ServerCrashes == 0 && second.Latency == nil)
        #expect(!second._aws.CloudWatchMetrics[0].Metrics.contains { $0.Name == "Latency" })
    }

    @Test func `say how late the event loop was`() {
        var lag = EventLoopLag()
        var now = NIODeadline.now()
        for late in [0, 0, 40, 5] as [Int64] {
            now = now + .seconds(1) + .milliseconds(late)
            lag.tick(now: now, next: now + .seconds(1))
        }
        #expect(lag.greatest == .milliseconds(40))
        for _ in 1...70 {
            now = now + .seconds(1)
            lag.tick(now: now, next: now + .seconds(1))
        }
        #expect(lag.greatest == .zero)
    }

    @Test func `know what the process takes`() {
        #expect(ProcessUsage.processorSeconds > 0)
        #if os(Linux)
        #expect(ProcessUsage.residentBytes > 1_000_000)
        #endif
    }
}
