import FleetModel
import Testing

@testable import OperatorCommands

@Suite struct CheckTests {
    private let good = """
        project_name: my-mcp
        server: { command: [python3, -m, my_server], image: "x:1" }
        regions:
          eu-west-1: { vpc_cidr: 10.10.0.0/16 }
          us-east-1: { vpc_cidr: 10.20.0.0/16, desired_count: 12 }
        """

    private func bench(_ text: String) -> Workbench { Workbench(files: ["/srv/my-mcp/slipway.yaml": text]) }

    @Test func `a good file is shown with its regions`() async {
        let bench = bench(good)
        #expect(await bench.run("check") == 0)
        #expect(
            bench.out == """
                slipway.yaml is good: my-mcp (dev) in 2 regions.

                Server:   python3 -m my_server (stdio)
                Image:    x:1
                Runs:     always
                Domain:   none

                REGION     NETWORK       ZONES  TASKS   CPU  MEMORY
                eu-west-1  10.10.0.0/16  a b c      2  1024    3072
                us-east-1  10.20.0.0/16  a b c     12  1024    3072

                """
        )
        #expect(bench.err.isEmpty)
    }

    @Test func `one region of a good file is shown by itself`() async {
        let bench = bench(good)
        #expect(await bench.run("check", "--region", "us-east-1") == 0)
        #expect(bench.out.hasPrefix("slipway.yaml is good: my-mcp (dev) in 2 regions.\n"))
        #expect(bench.out.contains("us-east-1  10.20.0.0/16") && !bench.out.contains("eu-west-1"))
        #expect(await bench.run("check", "--region", "eu-west-3") == 1)
        #expect(bench.err.hasPrefix("Error: slipway.yaml: regions has no eu-west-3\n"))
    }

    @Test func `a bad file is every problem on stderr, and exit code 1`() async {
        let bench = bench(good.replacing("10.20.0.0/16", with: "10.10.128.0/17") + "\nshedule: {}")
        #expect(await bench.run("check") == 1)
        #expect(bench.out.isEmpty)
        #expect(
            bench.err == """
                Error: slipway.yaml:5: regions.us-east-1.vpc_cidr overlaps eu-west-1
                  10.10.0.0/16 and 10.10.128.0/17 share addresses, so the regions could never be peered.
                  Hint: write another private range here, such as 10.20.0.0/16
                Error: slipway.yaml:6: shedule is not a setting
                  Hint: did you mean schedule?
                2 problems.

                """
        )
    }

    @Test func `JSON answers on stdout whether the file is good or bad`() async {
        let goodBench = bench(good)
        #expect(await goodBench.run("check", "--json") == 0)
        #expect(goodBench.out.contains("\"good\" : true"))
        #expect(goodBench.out.contains("\"desired_count\" : 12"))
        #expect(goodBench.out.contains("\"vpc\" : \"10.20.0.0/16\""))
        let badBench = bench("project_name: a\n")
        #expect(await badBench.run("check", "--json") == 1)
        #expect(badBench.out.contains("\"good\" : false") && badBench.out.contains("\"kind\" : \"missing-key\""))
        #expect(badBench.err.isEmpty)
    }

    @Test func `a file that is not there is a problem with a way on`() async {
        let bench = Workbench()
        #expect(await bench.run("check", "--file", "other.yaml") == 1)
        #expect(
            bench.err == """
                Error: other.yaml: there is no such file
                  It was looked for in /srv/my-mcp.
                  Hint: write one with: slipway init, or name another with: --file <path>

                """
        )
    }

    @Test func `another file is judged under its own name`() async {
        let bench = Workbench(files: ["/elsewhere/a.yaml": "project_name: a\n"])
        #expect(await bench.run("check", "--file", "/elsewhere/a.yaml") == 1)
        #expect(bench.err.hasPrefix("Error: /elsewhere/a.yaml:1: server is missing"))
    }

    @Test func `a region's variables for Terraform are printed and nothing else`() async {
        let bench = bench(good)
        #expect(await bench.run("check", "--tfvars", "us-east-1") == 0)
        #expect(bench.out.hasPrefix("{\n") && bench.out.contains("\"desired_count\" : 12"))
    }

    @Test func `variables of a region the file does not have are refused with those it has`() async {
        let bench = bench(good)
        #expect(await bench.run("check", "--tfvars", "eu-west-2") == 1)
        #expect(
            bench.err == "Error: slipway.yaml: regions has no eu-west-2\n  Hint: name one of eu-west-1, us-east-1\n")
    }

    @Test func `without JSON on stderr a program could not tell problems apart`() async {
        let bench = Workbench()
        #expect(await bench.run("check", "--json") == 1)
        #expect(bench.err.contains("\"kind\" : \"file-missing\""))
    }
}
