import AWSOperations
import FleetModel
import Synchronization
import TerraformDriver
import Testing

@testable import OperatorCommands

/// `rehearse` on an emulator, a Terraform and an engine that answer from tables; Tests/Containers has it on real ones.
@Suite struct RehearseVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], image: "i:1" }
        regions: { eu-west-1: {}, us-east-1: {} }

        """
    private let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])

    /// What a rehearsal asked of the world besides.
    private final class Stage: Sendable {
        let programs = Mutex<[CompanionProgram]>([])
        let asked = Mutex<[String]>([])
        /// How pip and venv end.
        let code: Int32
        /// What stands, one answer after the other; the last one stays.
        let inventories: Mutex<[String]>

        init(code: Int32 = 0, inventories: [String] = ["[]"]) {
            self.code = code
            self.inventories = Mutex(inventories)
        }

        var companions: Companions {
            Companions(
                run: { program in
                    self.programs.withLock { $0.append(program) }
                    return self.code
                },
                hold: { program, work in
                    self.programs.withLock { $0.append(program) }
                    try await work()
                    return 0
                }
            )
        }

        var web: WebClient {
            WebClient { request in
                self.asked.withLock { $0.append("\(request.method) \(request.url)") }
                guard request.url.hasSuffix("/_harness/inventory") else {
                    return .success(WebResponse(status: 200, body: []))
                }
                let body = self.inventories.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
                return .success(WebResponse(status: 200, body: Array(body.utf8)))
            }
        }
    }

    private func rehearse(
        _ words: String...,
        terraform: TerraformDouble = TerraformDouble(["plan": .failing("AccessDenied", "not authorized")]),
        stage: Stage = Stage(),
        program: @escaping @Sendable ([String]) -> ProgramAnswer = { Self.terraformAlone($0) },
        environment: [String: String] = ["HOME": "/home/me", "AWS_PROFILE": "mine", "PATH": "/bin"],
        paths: [String: String] = ["python3": "/bin/python3"],
        listen: @escaping @Sendable (@escaping @Sendable () -> Void) async -> Void = { _ in }
    ) async -> Int32 {
        var effects = bench.effects
        effects.environment = { environment }
        effects.terraform = terraform.program
        effects.machine.freeMemory = { 8 << 30 }
        effects.machine.freePorts = { _ in [4999] }
        effects.machine.randomKey = { Secret("0123456789abcdef") }
        effects.shell.path = { paths[$0] }
        effects.elapsed = { .zero }
        effects.listen = listen
        effects.web = stage.web
        effects.companions = stage.companions
        var surroundings = AWSSurroundings.refusing
        surroundings.web = stage.web
        surroundings.runProgram = { program($0) }
        effects.aws = { [surroundings] in surroundings }
        return await Root.run(arguments: ["rehearse"] + words, effects: effects)
    }

    /// `doctor` asks the machine too.
    private static func terraformAlone(_ words: [String]) -> ProgramAnswer {
        words == ["terraform", "version", "-json"] ? .answered(#"{"terraform_version": "1.11.4"}"#) : .missing
    }

    @Test func `the emulator is installed once, and runs on this machine alone`() async {
        let stage = Stage()
        #expect(await rehearse(stage: stage) == 1)
        let programs = stage.programs.withLock { $0 }
        #expect(programs.map { $0.words.dropFirst().first } == ["-m", "install", "-u"])
        let emulator = programs[2]
        #expect(emulator.environment["BIND_HOST"] == "127.0.0.1")
        #expect(emulator.environment["GATEWAY_PORT"] == "4999")
        #expect(emulator.environment["AWS_PROFILE"] == nil && emulator.environment["DOCKER_HOST"] == nil)
        let again = Stage()
        #expect(await rehearse(stage: again) == 1)
        #expect(again.programs.withLock { $0 }.map { $0.words.dropFirst().first } == ["-u"])
        let outside = again.asked.withLock { $0 }.filter { !$0.contains("//127.0.0.1:4999/") }
        #expect(outside == [])
    }

    @Test func `after an act that failed the regions go all the same, and what failed is told and kept`() async {
        #expect(await rehearse() == 1)
        #expect(bench.out.contains("The rehearsal of my-mcp in eu-west-1, us-east-1 failed, in 0.0 s.\n"))
        let rows = bench.out.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        for row in [
            "apply failed 0.0 s", "status omitted an act before it failed", "destroy failed 0.0 s",
            "leftovers passed 0.0 s the emulated account holds what it held before",
        ] {
            #expect(rows.contains(row), "\(bench.out)")
        }
        #expect(bench.err.contains("Error: slipway apply --yes ended with exit code 1, not 0\n"))
        #expect(bench.err.contains("AccessDenied"))
        #expect(bench.err.contains("Its files were kept: /srv/my-mcp/.slipway/rehearsal-01234567\n"))
        #expect(bench.files["/srv/my-mcp/.slipway/rehearsal-01234567/slipway.yaml"] == Self.file)
        #expect(bench.files["/srv/my-mcp/.slipway/rehearsal.html"]?.contains("$ slipway apply --yes\n") == true)
    }

    @Test func `what stands at the end and not at the beginning is left over`() async {
        let stage = Stage(inventories: ["[]", "[]", #"["ec2 vpc eu-west-1 vpc-7"]"#])
        #expect(await rehearse(stage: stage) == 1)
        #expect(bench.err.contains("Error: 1 thing is left\n  ec2 vpc eu-west-1 vpc-7\n"))
    }

    @Test func `an operator who stops is obeyed, and nothing stays`() async {
        let terraform = TerraformDouble(["plan": .init(code: 1, waits: true)])
        #expect(await rehearse(terraform: terraform, listen: { heard in heard() }) == 130)
        #expect(!bench.files.keys.contains { $0.contains("rehearsal-01234567") })
    }

    @Test func `without an engine it says what is left out and how to get it`() async {
        #expect(await rehearse() == 1)
        #expect(
            bench.err.contains(
                """
                Tasks won't run as containers: there is no docker and no podman on PATH.
                What Terraform and slipway do is rehearsed all the same; the image, MCP clients and failing tasks are not.
                For the rest, install Docker (https://docs.docker.com/engine/install) or Podman (apt-get install podman).

                """))
        #expect(bench.out.contains("Whatever runs: tasks are entries in a table here"))
    }

    @Test func `an engine that answers is used where its context says`() async {
        let stage = Stage()
        let code = await rehearse(
            stage: stage,
            program: { words in
                switch words.dropFirst().first {
                case "version": .answered("28.0\n")
                case "context": .answered("unix:///run/me/docker.sock\n")
                case "ps", "network": .answered("")
                case nil: .missing
                default: Self.terraformAlone(words)
                }
            },
            paths: ["python3": "/bin/python3", "docker": "/bin/docker"])
        #expect(code == 1)
        let emulator = stage.programs.withLock { $0.last }
        #expect(emulator?.environment["DOCKER_HOST"] == "unix:///run/me/docker.sock")
        #expect(emulator?.environment["SLIPWAY_REHEARSAL"] == "rehearsal-01234567")
        #expect(bench.out.contains("tasks run as containers of docker") == false)
        #expect(bench.out.contains("The task's role: a container gets no AWS credentials here."))
    }

    @Test(arguments: [
        ([:], ["python3": "/bin/python3"], "there is no folder for the emulator's environment"),
        (["HOME": "/home/me"], [:], "there is no python3 on PATH, and the emulated AWS runs on it"),
    ])
    func `what the emulator lacks is told`(
        _ environment: [String: String], _ paths: [String: String], _ summary: String
    ) async {
        #expect(await rehearse(environment: environment, paths: paths) == 1)
        #expect(bench.err.contains("Error: \(summary)\n"), "\(bench.err)")
    }

    @Test func `what pip says is told`() async {
        #expect(await rehearse(stage: Stage(code: 1)) == 1)
        #expect(bench.err.contains("Error: python3 made no environment\n"), "\(bench.err)")
    }

    @Test func `a rehearsal on AWS itself is refused`() async {
        #expect(await rehearse("--endpoint", "https://ecs.eu-west-1.amazonaws.com") == 64)
        #expect(bench.err.contains("--endpoint is the http address of an emulator"))
    }

    @Test func `the verbs are told of no account of the operator's`() {
        let place = RehearsalPlace(
            folder: "/f", file: "/f/slipway.yaml", endpoint: "http://127.0.0.1:1", providers: "/p")
        let own = ["AWS_PROFILE": "mine", "AWS_SESSION_TOKEN": "hush", "PATH": "/bin", "NO_PROXY": "intranet"]
        let variables = place.variables(from: own)
        #expect(variables["AWS_PROFILE"] == nil && variables["AWS_SESSION_TOKEN"] == nil)
        #expect(variables["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1" && variables["PATH"] == "/bin")
        #expect(variables["NO_PROXY"] == "intranet,127.0.0.1,localhost")
        let overrides = place.overrides(of: own)
        #expect(overrides["AWS_PROFILE"] == "" && overrides["AWS_SESSION_TOKEN"] == "")
        #expect(overrides["AWS_ACCESS_KEY_ID"] == "rehearsal")
    }
}
