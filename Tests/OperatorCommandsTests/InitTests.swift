import FleetModel
import Testing

@testable import OperatorCommands

@Suite struct InitTests {
    @Test func `check accepts what init writes`() async throws {
        let bench = Workbench()
        let code = await bench.run(
            "init", "--name", "my-mcp", "--region", "eu-west-1", "--region", "us-east-1", "--image", "x:1", "--",
            "python3", "-m", "my_server"
        )
        #expect(code == 0)
        #expect(
            bench.out == """
                Wrote slipway.yaml and slipway.env.
                Added slipway.env, .slipway/ and slipway-state/ to .gitignore.
                Next: slipway check

                """
        )
        let fleet = try FleetFile.parse(try #require(bench.files["/srv/my-mcp/slipway.yaml"]))
        #expect(fleet.regions.map(\.name) == ["eu-west-1", "us-east-1"])
        #expect(fleet.server == Server(transport: .stdio(command: ["python3", "-m", "my_server"]), image: "x:1"))
        #expect(await bench.run("check") == 0)
        #expect(bench.err.isEmpty)
    }

    @Test func `the words after the two dashes are the server's, options and all`() async throws {
        let bench = Workbench()
        #expect(await bench.run("init", "--", "run", "--name", "other", "--json") == 0)
        let fleet = try FleetFile.parse(try #require(bench.files["/srv/my-mcp/slipway.yaml"]))
        #expect(fleet.server.transport == .stdio(command: ["run", "--name", "other", "--json"]))
        #expect(fleet.projectName == "my-mcp")
    }

    @Test func `the name comes from the folder and the region from the environment`() async throws {
        let bench = Workbench()
        let code = await bench.run(
            "init", "--url", "http://127.0.0.1:9000/mcp", environment: ["AWS_REGION": "ap-south-1"]
        )
        #expect(code == 0)
        let fleet = try FleetFile.parse(try #require(bench.files["/srv/my-mcp/slipway.yaml"]))
        #expect(fleet.projectName == "my-mcp")
        #expect(fleet.regions.map(\.name) == ["ap-south-1"])
    }

    @Test func `the file of secrets is its owner's alone and is never committed`() async {
        let bench = Workbench()
        #expect(await bench.run("init", "--", "x") == 0)
        #expect(bench.ownerOnly == ["/srv/my-mcp/slipway.env"])
        #expect(bench.files["/srv/my-mcp/.gitignore"] == "slipway.env\n.slipway/\nslipway-state/\n")
    }

    @Test(arguments: [
        ("a\nb", "a\nb\nslipway.env\n.slipway/\nslipway-state/\n"),
        ("/slipway.env\n", "/slipway.env\n.slipway/\nslipway-state/\n"),
        (".slipway\r\nslipway-state\r\nslipway.env\r\n", ".slipway\r\nslipway-state\r\nslipway.env\r\n"),
        ("", "slipway.env\n.slipway/\nslipway-state/\n"),
        ("#slipway.env\n.slipway/\n", "#slipway.env\n.slipway/\nslipway.env\nslipway-state/\n"),
    ])
    func `.gitignore gets what it lacks and nothing twice`(_ before: String, _ after: String) async {
        let bench = Workbench(files: ["/srv/my-mcp/.gitignore": before])
        #expect(await bench.run("init", "--", "x") == 0)
        #expect(bench.files["/srv/my-mcp/.gitignore"] == after)
    }

    @Test(arguments: ["slipway.yaml", "slipway.env"])
    func `nothing that is there is written over, and nothing else is written either`(_ name: String) async {
        let bench = Workbench(files: ["/srv/my-mcp/\(name)": "mine"])
        #expect(await bench.run("init", "--", "x") == 1)
        #expect(bench.files == ["/srv/my-mcp/\(name)": "mine"])
        #expect(bench.err.hasPrefix("Error: \(name): is there already, and was left as it is\n"))
        #expect(bench.out.isEmpty)
    }

    @Test func `an answer check would refuse is refused before anything is written`() async {
        let bench = Workbench()
        #expect(await bench.run("init", "--name", "My MCP", "--region", "eu-wset-1", "--", "x") == 1)
        #expect(bench.files.isEmpty)
        #expect(
            bench.err == """
                Error: project_name is not a name AWS allows: My MCP
                  Use small letters, digits and hyphens, with a letter first and no hyphen last.
                  Nothing was written.
                  Hint: write my-mcp
                Error: regions.eu-wset-1 is not a region of AWS
                  Nothing was written.
                  Hint: did you mean eu-west-1?
                2 problems.

                """
        )
    }

    @Test func `a command, a url or both say what runs, and neither is a usage error`() async throws {
        let bench = Workbench()
        #expect(await bench.run("init") == 64)
        #expect(bench.files.isEmpty)
        #expect(await bench.run("init", "--url", "http://127.0.0.1:1/mcp", "--", "x") == 0)
        let fleet = try FleetFile.parse(try #require(bench.files["/srv/my-mcp/slipway.yaml"]))
        #expect(fleet.server.transport == .http(url: "http://127.0.0.1:1/mcp", command: ["x"]))
    }

    @Test func `a dry run says what would be written, or why not, and writes nothing`() async {
        let bench = Workbench(files: ["/srv/my-mcp/.gitignore": "slipway.env\n"])
        #expect(await bench.run("init", "--dry-run", "--dockerfile", "npm", "--", "npx", "-y", "@my-org/server") == 0)
        #expect(bench.files == ["/srv/my-mcp/.gitignore": "slipway.env\n"])
        #expect(
            bench.out == """
                Would write Dockerfile, .dockerignore, slipway.yaml and slipway.env.
                Would add .slipway/ and slipway-state/ to .gitignore.
                Nothing was written.

                """
        )
        let full = Workbench(files: ["/srv/my-mcp/slipway.yaml": "mine"])
        #expect(await full.run("init", "--dry-run", "--", "x") == 1)
        #expect(full.err.hasPrefix("Error: slipway.yaml: is there already, and was left as it is\n"))
    }

    @Test func `the answer is JSON when asked`() async {
        let bench = Workbench()
        #expect(await bench.run("init", "--json", "--", "x") == 0)
        #expect(
            bench.out == """
                {
                  "dry_run" : false,
                  "ignored" : [
                    "slipway.env",
                    ".slipway/",
                    "slipway-state/"
                  ],
                  "next" : "slipway check",
                  "wrote" : [
                    "slipway.yaml",
                    "slipway.env"
                  ]
                }

                """
        )
    }
}
