import FleetModel
import HTTPTransport
import Testing

@testable import LocalFleet

@Suite struct `The plan of a local fleet` {
    private static let plan = LocalFleetPlan(
        name: "notes",
        port: 8000,
        replicaPorts: [9001, 9002],
        gateway: "/opt/slipway-gateway",
        command: ["python3", "-m", "server", "--port", "1"],
        environment: ["SLIPWAY_FLEET_KEY": Secret("the-key-of-the-fleet"), "API_TOKEN": Secret("the-token")],
        drainSeconds: 7
    )

    @Test func `names its replicas and gives each an address of this machine`() {
        #expect(Self.plan.replicas.map(\.name) == ["replica-1", "replica-2"])
        #expect(Self.plan.replicas.map { "\($0.address)" } == ["127.0.0.1:9001", "127.0.0.1:9002"])
    }

    @Test func `starts a replica with its address, the drain time and the server's own command`() {
        #expect(
            Self.plan.arguments(of: Self.plan.replicas[1]) == [
                "--host", "127.0.0.1", "--port", "9002", "--peers", "127.0.0.1:9001,127.0.0.1:9002",
                "--drain", "7", "--log-format", "text", "--exit-with-parent", "--", "python3", "-m", "server", "--port",
                "1",
            ]
        )
    }

    @Test func `gives each replica an HTTP server of its own, at a port of its own`() {
        let plan = LocalFleetPlan(
            name: "notes",
            port: 8000,
            replicaPorts: [9001, 9002],
            gateway: "/opt/slipway-gateway",
            command: ["serve", "--port=5000", "--bind", "127.0.0.1:5000", "5000", "15000", "--size", "50000"],
            upstream: LocalUpstream(url: "http://localhost:5000/mcp", ports: [7001, 7002]),
            environment: [:]
        )
        #expect(
            plan.arguments(of: plan.replicas[1]).suffix(12) == [
                "--exit-with-parent", "--upstream", "http://localhost:7002/mcp", "--", "serve", "--port=7002", "--bind",
                "127.0.0.1:7002", "7002", "15000", "--size", "50000",
            ]
        )
    }

    @Test func `puts all replicas in front of an HTTP server that is there already`() {
        let plan = LocalFleetPlan(
            name: "notes",
            port: 8000,
            replicaPorts: [9001, 9002],
            gateway: "/opt/slipway-gateway",
            command: [],
            upstream: LocalUpstream(url: "http://[::1]:5000/mcp"),
            environment: [:]
        )
        for replica in plan.replicas {
            #expect(plan.arguments(of: replica).suffix(2) == ["--upstream", "http://[::1]:5000/mcp"])
        }
    }

    @Test func `holds its secrets neither in a command line nor in its description`() {
        let words = Self.plan.replicas.flatMap(Self.plan.arguments(of:)).joined(separator: " ")
        for text in [words, "\(Self.plan)", String(reflecting: Self.plan)] {
            #expect(!text.contains("the-key"))
            #expect(!text.contains("the-token"))
        }
    }
}
