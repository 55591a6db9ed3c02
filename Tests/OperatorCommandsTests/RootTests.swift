import Testing

@testable import OperatorCommands

@Suite struct RootTests {
    @Test func `help and version are answers`() async {
        for arguments in [["--help"], ["help", "init"], []] {
            let bench = Workbench()
            var effects = Effects.refusing
            effects.console = bench.console
            #expect(await Root.run(arguments: arguments, effects: effects) == 0)
            #expect(bench.out.hasPrefix("OVERVIEW: ") && bench.err.isEmpty)
        }
        let bench = Workbench()
        #expect(await bench.run("--version") == 0)
        #expect(bench.out == "\(Version.current)\n")
    }

    @Test func `help names every verb`() async {
        let bench = Workbench()
        #expect(await bench.run("--help") == 0)
        #expect(bench.out.contains("\n  init ") && bench.out.contains("\n  check "))
    }

    @Test func `a usage error goes to stderr with exit code 64`() async {
        let bench = Workbench()
        #expect(await bench.run("check", "--fiel", "x") == 64)
        #expect(bench.err.hasPrefix("Error: Unknown option '--fiel'") && bench.out.isEmpty)
    }

    @Test func `a command that is none gets the one that was meant`() async {
        let bench = Workbench()
        #expect(await bench.run("chek", "--json") == 64)
        #expect(bench.err == "Error: slipway has no command chek\n  Hint: did you mean slipway check?\n")
        #expect(await bench.run("stauts") == 64)
        #expect(bench.err.hasSuffix("Hint: did you mean slipway status?\n"))
        #expect(await bench.run("frobnicate") == 64)
        #expect(bench.err.hasSuffix("Hint: list them with: slipway --help\n"))
    }

    @Test func `effects nobody supplied are refused`() async {
        await withKnownIssue {
            _ = await Root.run(arguments: ["check"], effects: .refusing)
        } matching: {
            "\($0)".contains("the command touched what this test did not supply")
        }
    }
}
