import FleetModel
import LocalFleet
import Synchronization
import Testing

@testable import OperatorCommands

@Suite struct UpTests {
    /// A machine with the programs installed, which notes the plan it is given and reports what it is told to.
    private final class FakeMachine: Sendable {
        private let planned = Mutex<LocalFleetPlan?>(nil)
        private let events: [LocalFleetEvent]
        private let failure: LocalFleetFailure?
        private let programs: Set<String>

        init(
            events: [LocalFleetEvent] = [.ready(port: 8080)],
            failure: LocalFleetFailure? = nil,
            programs: Set<String> = ["/opt/bin/slipway-gateway", "/opt/bin/slipway-demo-server"]
        ) {
            self.events = events
            self.failure = failure
            self.programs = programs
        }

        var plan: LocalFleetPlan? { planned.withLock { $0 } }

        var machine: LocalMachine {
            LocalMachine(
                program: { "/opt/bin/slipway" },
                isExecutable: { self.programs.contains($0) },
                freePorts: { count in (0..<count).map { 41_001 + $0 } },
                freeMemory: { nil },
                randomKey: { Secret("a-random-key") },
                run: { plan, report in
                    self.planned.withLock { $0 = plan }
                    for event in self.events { report(event) }
                    if let failure = self.failure { throw failure }
                }
            )
        }
    }

    private let fleetFile = """
        project_name: my-mcp
        environment: dev
        server:
          command: [python3, -m, my_server]
        defaults:
          desired_count: 3
          container_environment: { MODE: local, SHELL_SET: fleet }
        regions:
          eu-west-1: {}
          us-east-1: { desired_count: 1 }
        """

    @Test func `without a fleet file it runs two replicas of the demo and says where`() async throws {
        let bench = Workbench()
        let fake = FakeMachine(events: [
            .started(replica: "replica-1", process: 11), .started(replica: "replica-2", process: 12),
            .logged(replica: "replica-2", line: "info listening"), .ready(port: 8080),
        ])
        #expect(await bench.run("up", machine: fake.machine) == 0)
        let plan = try #require(fake.plan)
        #expect(plan.replicas.first?.command == ["/opt/bin/slipway-demo-server"])
        #expect(plan.replicas.map { "\($0.address)" } == ["127.0.0.1:41001", "127.0.0.1:41002"])
        #expect(bench.err == "replica-2 | info listening\nStopped; nothing was left running.\n")
        #expect(
            bench.out == """
                demo is up: 2 replicas behind one balancer.

                  http://127.0.0.1:8080/mcp

                  replica-1  http://127.0.0.1:41001  pid 11
                  replica-2  http://127.0.0.1:41002  pid 12

                Paste into a client:
                  Claude Code  claude mcp add --transport http demo http://127.0.0.1:8080/mcp
                  VS Code      code --add-mcp '{"name":"demo","type":"http","url":"http://127.0.0.1:8080/mcp"}'
                  Cursor       {"mcpServers":{"demo":{"url":"http://127.0.0.1:8080/mcp"}}}  in .cursor/mcp.json
                  curl         curl http://127.0.0.1:8080/health

                Press Ctrl-C to stop.

                """
        )
    }

    @Test func `the fleet file says what runs, how often and with which environment`() async throws {
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": fleetFile,
            "/srv/my-mcp/slipway.env": "API_KEY=sesame\nMODE=secret",
        ])
        let fake = FakeMachine()
        let shell = ["PATH": "/bin", "SHELL_SET": "shell"]
        #expect(await bench.run("up", environment: shell, machine: fake.machine) == 0)
        let plan = try #require(fake.plan)
        #expect(plan.name == "my-mcp")
        #expect(plan.replicas.first?.command == ["python3", "-m", "my_server"])
        #expect(plan.replicas.count == 3)
        #expect(
            plan.environment.mapValues { $0.reveal() } == [
                "PATH": "/bin", "SHELL_SET": "fleet", "API_KEY": "sesame", "MODE": "secret",
                "SLIPWAY_FLEET_KEY": "a-random-key",
            ]
        )
        #expect(!(bench.out + bench.err).contains("sesame"))
        #expect(!plan.arguments(of: plan.replicas[0]).contains { $0.contains("a-random-key") })
    }

    @Test func `region, replicas, port and command can be chosen`() async throws {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": fleetFile])
        let fake = FakeMachine()
        #expect(await bench.run("up", "--region", "us-east-1", "--port", "0", machine: fake.machine) == 0)
        #expect(fake.plan?.replicas.count == 1)
        #expect(fake.plan?.port == 0)
        #expect(await bench.run("up", "--replicas", "4", "--", "sh", "-c", "x", machine: fake.machine) == 0)
        #expect(fake.plan?.replicas.count == 4)
        #expect(fake.plan?.replicas.first?.command == ["sh", "-c", "x"])
    }

    @Test func `a server that speaks HTTP itself is called, and started for each replica where there is a command`()
        async
    {
        let fake = FakeMachine()
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": fleetFile.replacing(
                "command: [python3, -m, my_server]",
                with: "url: http://127.0.0.1:9000/mcp\n  command: [serve, --port, \"9000\"]"
            )
        ])
        #expect(await bench.run("up", "--replicas", "2", machine: fake.machine) == 0)
        let replicas = fake.plan?.replicas ?? []
        #expect(replicas.map(\.upstream) == ["http://127.0.0.1:41003/mcp", "http://127.0.0.1:41004/mcp"])
        #expect(replicas.map(\.command) == [["serve", "--port", "41003"], ["serve", "--port", "41004"]])
        #expect(await bench.run("up", "--url", "http://127.0.0.1:9000/mcp", machine: fake.machine) == 0)
        #expect(fake.plan?.replicas.first?.upstream == "http://127.0.0.1:9000/mcp")
        #expect(fake.plan?.replicas.first?.command == [])
        #expect(await bench.run("up", "--url", "https://example.com/mcp", machine: fake.machine) == 64)
    }

    @Test func `a bad fleet file, a file or region that is not there: nothing is started`() async {
        let fake = FakeMachine()
        let broken = Workbench(files: ["/srv/my-mcp/slipway.yaml": "project_name: [1]\n"])
        #expect(await broken.run("up", machine: fake.machine) == 1)
        #expect(broken.err.contains("slipway.yaml:1"))
        let absent = Workbench()
        #expect(await absent.run("up", "--file", "other.yaml", machine: fake.machine) == 1)
        #expect(absent.err.contains("other.yaml: there is no such file"))
        let elsewhere = Workbench(files: ["/srv/my-mcp/slipway.yaml": fleetFile])
        #expect(await elsewhere.run("up", "--region", "eu-west-9", machine: fake.machine) == 1)
        #expect(elsewhere.err.contains("name one of eu-west-1, us-east-1"))
        #expect(fake.plan == nil)
    }

    @Test func `missing programs are named, with how to build them`() async {
        let bench = Workbench()
        #expect(await bench.run("up", machine: FakeMachine(programs: []).machine) == 1)
        #expect(bench.err.contains("there is no fleet file here and no demo server beside this program"))
        let noGateway = Workbench()
        #expect(await noGateway.run("up", "--", "x", machine: FakeMachine(programs: []).machine) == 1)
        #expect(noGateway.err.contains("swift build --product slipway-gateway"))
    }

    @Test func `a fleet that can't run is a problem in words`() async {
        let taken = Workbench()
        let port = FakeMachine(events: [], failure: .portTaken(8080, "Address already in use"))
        #expect(await taken.run("up", machine: port.machine) == 1)
        #expect(taken.err.contains("port 8080 can't be listened on"))
        #expect(taken.err.contains("slipway up --port 0"))
        let ending = Workbench()
        let loop = FakeMachine(
            events: [.ended(replica: "replica-1", how: "exit code 64", isReplaced: true)],
            failure: .replicaKeepsEnding(replica: "replica-1", how: "exit code 64")
        )
        #expect(await ending.run("up", machine: loop.machine) == 1)
        #expect(ending.err.contains("replica-1 | ended (exit code 64); it is being replaced"))
        #expect(ending.err.contains("replica-1 ends as soon as it starts (exit code 64)"))
    }

    @Test func `a replica that is replaced says so`() async {
        let bench = Workbench()
        let fake = FakeMachine(events: [
            .started(replica: "replica-1", process: 1), .ready(port: 9),
            .ended(replica: "replica-1", how: "signal 9", isReplaced: true),
            .started(replica: "replica-1", process: 2),
        ])
        #expect(await bench.run("up", "--replicas", "1", "--json", machine: fake.machine) == 0)
        #expect(
            bench.err.contains("replica-1 | ended (signal 9); it is being replaced\nreplica-1 | runs again, pid 2\n")
        )
        #expect(bench.out.contains(#""url""#))
    }
}
