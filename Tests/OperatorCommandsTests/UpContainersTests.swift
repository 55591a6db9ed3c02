import FleetModel
import LocalFleet
import Synchronization
import Testing

@testable import OperatorCommands

@Suite struct UpContainersTests {
    /// A machine with a container engine, which notes the plan it is given.
    private final class FakeMachine: Sendable {
        private let planned = Mutex<LocalFleetPlan?>(nil)
        private let programs: Set<String>
        private let failure: LocalFleetFailure?

        init(programs: Set<String> = ["/usr/bin/docker"], failure: LocalFleetFailure? = nil) {
            self.programs = programs
            self.failure = failure
        }

        var plan: LocalFleetPlan? { planned.withLock { $0 } }

        var machine: LocalMachine {
            var machine = Effects.refusing.machine
            machine.isExecutable = { self.programs.contains($0) }
            machine.freePorts = { count in (0..<count).map { 41_001 + $0 } }
            machine.randomKey = { Secret("0123456789abcdef") }
            machine.run = { plan, report in
                self.planned.withLock { $0 = plan }
                if let failure = self.failure { throw failure }
                report(.started(replica: "replica-1", process: 11))
                report(.ready(port: 8080))
            }
            return machine
        }
    }

    private static let shell = ["PATH": "/bin:/usr/bin", "DOCKER_HOST": "unix:///run/d.sock", "SHELL_SET": "shell"]
    private static let fleetFile = """
        project_name: my-mcp
        server:
          command: [npx, -y, notes]
          image: ghcr.io/my-org/my-mcp:1.0
        defaults:
          cpu: 256
          memory: 512
          container_port: 9001
          container_environment: { MODE: local, SLIPWAY_IDLE: "60" }
        regions:
          eu-west-1: { desired_count: 1 }
        """

    private func up(
        _ words: String...,
        files: [String: String] = ["slipway.yaml": fleetFile],
        machine: FakeMachine
    ) async -> (code: Int32, bench: Workbench) {
        let bench = Workbench(files: Dictionary(uniqueKeysWithValues: files.map { ("/srv/my-mcp/\($0)", $1) }))
        let code = await bench.run(["up", "--containers"] + words, environment: Self.shell, machine: machine.machine)
        return (code, bench)
    }

    @Test func `a replica is a container with the region's limits, and the command that AWS runs`() async throws {
        let fake = FakeMachine()
        let (code, bench) = await up(
            files: ["slipway.yaml": Self.fleetFile, "slipway.env": "API_KEY=sesame"], machine: fake)
        #expect(code == 0)
        let plan = try #require(fake.plan)
        #expect(plan.gateway == "/usr/bin/docker")
        let words = plan.arguments(of: plan.replicas[0])
        #expect(
            words.joined(separator: " ") == """
                run --rm --interactive --name slipway-my-mcp-01234567-replica-1 --network slipway-my-mcp-01234567 \
                --network-alias replica-1 --publish 127.0.0.1:41001:9001 \
                --cpu-period 100000 --cpu-quota 25000 --memory 512m --memory-swap 512m --stop-timeout 120 \
                --env MODE=local --env SLIPWAY_ADVERTISE=replica-1:9001 --env SLIPWAY_DRAIN=10 \
                --env SLIPWAY_HOST=0.0.0.0 --env SLIPWAY_IDLE=60 --env SLIPWAY_LOG_FORMAT=text \
                --env SLIPWAY_PEERS=replica-1:9001 --env SLIPWAY_PORT=9001 --env API_KEY --env SLIPWAY_FLEET_KEY \
                ghcr.io/my-org/my-mcp:1.0 slipway-gateway --exit-with-parent -- npx -y notes
                """
        )
        #expect(plan.environment["DOCKER_HOST"]?.reveal() == "unix:///run/d.sock")
        #expect(plan.environment["API_KEY"]?.reveal() == "sesame")
        #expect(
            !words.contains { $0.contains("sesame") || $0.contains("0123456789abcdef") || $0.contains("SHELL_SET") })
        #expect(bench.out.contains("replica-1  http://127.0.0.1:41001  container slipway-my-mcp-01234567-replica-1\n"))
    }

    @Test func `an image is named, or built from the Dockerfile beside the fleet file`() async {
        let fake = FakeMachine()
        _ = await up("--image", "other:2", "--read-only", machine: fake)
        #expect(fake.plan?.containers?.image == .named("other:2"))
        #expect(fake.plan?.containers?.limits == ContainerPlan.Limits(cpu: 256, memory: 512, hasReadOnlyRoot: true))
        let own = Self.fleetFile.replacing("  image: ghcr.io/my-org/my-mcp:1.0\n", with: "")
        _ = await up(files: ["slipway.yaml": own, "Dockerfile": "FROM x"], machine: fake)
        #expect(fake.plan?.containers?.image == .built(folder: "/srv/my-mcp", name: "slipway-up/my-mcp"))
        let none = FakeMachine()
        let (code, bench) = await up(files: ["slipway.yaml": own], machine: none)
        #expect(code == 1 && none.plan == nil)
        #expect(bench.err.contains("there is no image to run") && bench.err.contains("slipway init --dockerfile npm"))
    }

    @Test func `without a fleet file the image's own command runs, or the one behind the dashes`() async {
        let fake = FakeMachine()
        _ = await up("--image", "demo", files: [:], machine: fake)
        #expect(fake.plan?.containers?.command == [] && fake.plan?.replicas.count == 2)
        _ = await up("--image", "demo", "--url", "http://127.0.0.1:9000/mcp", "--", "serve", files: [:], machine: fake)
        #expect(fake.plan?.containers?.command == ["serve"])
        #expect(fake.plan?.replicas.map(\.upstream) == Array(repeating: "http://127.0.0.1:9000/mcp", count: 2))
    }

    @Test func `what a container can't do is refused before anything starts`() async {
        let fake = FakeMachine()
        let (url, atURL) = await up("--image", "x", "--url", "http://127.0.0.1:9000/mcp", files: [:], machine: fake)
        #expect(url == 1 && atURL.err.contains("which a container does not reach"))
        let beside = Self.fleetFile.replacing("command: [npx, -y, notes]", with: "url: http://127.0.0.1:9000/mcp")
            .replacing("  image:", with: "  gateway_image: gateway:1\n  image:")
        let (second, sidecar) = await up(files: ["slipway.yaml": beside], machine: fake)
        #expect(second == 1 && sidecar.err.contains("server.gateway_image is a second container"))
        let files = ["slipway.yaml": Self.fleetFile, "slipway.env": "DOCKER_HOST=tcp://evil.example"]
        let (secret, steering) = await up(files: files, machine: fake)
        #expect(secret == 1 && steering.err.contains("DOCKER_HOST would steer the container engine itself"))
        #expect(fake.plan == nil)
        let bench = Workbench()
        #expect(await bench.run("up", "--image", "x", machine: fake.machine) == 64)
        #expect(await bench.run("up", "--read-only", machine: fake.machine) == 64)
    }

    @Test func `without an engine it says what is missing, what works, and how to get the rest`() async {
        let (code, bench) = await up(machine: FakeMachine(programs: []))
        #expect(code == 1)
        #expect(bench.err.contains("there is no docker and no podman on the PATH"))
        #expect(bench.err.contains("slipway up runs the same fleet as processes"))
        let podman = FakeMachine(programs: ["/bin/podman"])
        #expect(await up(machine: podman).code == 0)
        #expect(podman.plan?.gateway == "/bin/podman")
        let silent = FakeMachine(failure: .engine("docker does not answer", "Cannot connect to the daemon."))
        let (refused, words) = await up(machine: silent)
        #expect(refused == 1)
        #expect(words.err.contains("docker does not answer\n  Cannot connect to the daemon.\n"))
    }
}
