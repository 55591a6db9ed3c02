import FleetModel
import Foundation
import Testing

@testable import OperatorCommands

@Suite struct DiagramTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A diagram stands between `<!-- diagram of FILE -->` and `<!-- end of diagram -->`.
    @Test(arguments: ["README.md", "docs/architecture.md"])
    func `the manual's diagrams are drawn from its examples`(_ name: String) throws {
        let manual = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
        let places = manual.matches(
            of: /<!-- diagram of (\S+) -->\n\n```mermaid\n((?s).*?)```\n\n<!-- end of diagram -->/)
        #expect(!places.isEmpty)
        for place in places {
            let file = try String(contentsOf: Self.root.appending(path: String(place.1)), encoding: .utf8)
            let fleet = try FleetFile.parse(file)
            let drawn = FleetDiagram(fleet, regions: fleet.regions).mermaid
            #expect(String(place.2) == drawn, "put this into \(name):\n\(drawn)")
        }
    }

    @Test func `everything a region has is drawn`() async {
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": """
            project_name: my-mcp
            server:
              url: http://127.0.0.1:9000/mcp
              gateway_image: g
              secret_keys: [API_KEY]
            defaults:
              architecture: ARM64
              max_count: 6
              spot_percent: 50
              private_subnets: nat
              enable_waf: true
              enable_alarms: true
              log_retention_days: 1
            regions: { eu-west-1: {}, us-east-1: {} }
            schedule: { enable_weekend_only: true }
            """
        ])
        #expect(await bench.run("diagram", "--region", "eu-west-1") == 0)
        #expect(
            bench.out == """
                flowchart TB
                    clients([MCP clients])
                    subgraph eu_west_1["eu-west-1, 10.10.0.0/16, zones a b c"]
                        eu_west_1_tasks["2 to 6 tasks of 1 vCPU, 3 GB, ARM64, 50 percent on Spot<br/>gateway beside \
                http://127.0.0.1:9000/mcp<br/>Saturdays and Sundays, 6:00 to 22:00 UTC"]
                        eu_west_1_alb["load balancer behind a firewall<br/>HTTP 80"]
                        eu_west_1_secrets[("Secrets Manager<br/>fleet key, API_KEY")]
                        eu_west_1_logs[("CloudWatch logs, 1 day<br/>alarms")]
                        eu_west_1_egress["NAT gateway"]
                    end
                    clients --> eu_west_1_alb
                    eu_west_1_alb --> eu_west_1_tasks
                    eu_west_1_tasks <-. sessions .-> eu_west_1_tasks
                    eu_west_1_secrets --> eu_west_1_tasks
                    eu_west_1_tasks --> eu_west_1_logs
                    eu_west_1_tasks --> eu_west_1_egress

                """
        )
    }

    @Test func `a command's own marks don't end a label`() async {
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": """
            project_name: my-mcp
            server: { command: [sh, -c, "a \\"b\\" <c> & `d`; #e\\nf"] }
            regions: { eu-west-1: { create_alb: false, desired_count: 1 } }
            """
        ])
        #expect(await bench.run("diagram") == 0)
        #expect(bench.out.contains("gateway starts sh -c a #quot;b#quot; #lt;c#gt; #amp; #96;d#96;; #35;e f\"]"))
        #expect(bench.out.contains("[\"1 task of 1 vCPU") && !bench.out.contains("sessions"))
    }

    @Test func `JSON holds the same text`() async throws {
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": "project_name: a\nserver: { command: [x] }\nregions: { eu-west-1: {} }"
        ])
        #expect(await bench.run("diagram", "--json") == 0)
        let answer = try JSONSerialization.jsonObject(with: Data(bench.out.utf8)) as? [String: String]
        #expect(answer?["mermaid"]?.hasPrefix("flowchart TB\n") == true)
    }
}
