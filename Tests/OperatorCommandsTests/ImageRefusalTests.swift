import AWSOperations
import Testing

@testable import OperatorCommands

/// What is said where an image can't be described, and where a price list is none.
@Suite struct ImageRefusalTests {
    @Test(arguments: [
        ("npm -- npx -y", "npm: npx names no package", "which: -- npx my-package"),
        ("pypi -- uvx a;b", "pypi: 'a;b' is not the name of a package", "its name, with a version or without"),
        ("http -- x", "http: a stdio server is none that speaks HTTP", "npm, pypi or binary"),
    ])
    func `a command that is in no image is told what to say`(
        _ line: String, _ summary: String, _ hint: String
    ) async {
        let bench = Workbench()
        let words = ["init", "--dockerfile"] + line.split(separator: " ").map(String.init)
        #expect(await bench.run(words) == 1)
        #expect(
            bench.err == "Error: --dockerfile \(summary)\n  Nothing was written.\n  Hint: say \(hint)\n",
            "\(bench.err)")
        #expect(bench.files.isEmpty && bench.out.isEmpty)
    }

    @Test func `a binary needs a command`() async {
        let file = """
            project_name: my-mcp
            server: { url: "http://127.0.0.1:9000/mcp" }
            regions: { eu-west-1: {} }

            """
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        #expect(await bench.run("init", "--dockerfile", "binary") == 1)
        #expect(
            bench.err == """
                Error: --dockerfile binary: the fleet file names no command
                  Nothing was written.
                  Hint: say which program it is: -- ./my-server

                """, "\(bench.err)")
        #expect(bench.files.count == 1)
    }

    @Test(arguments: [
        (
            #"{"publicationDate": "2026-11-01T09:00:00Z", "products": {}, "terms": {"OnDemand": {}}}"#,
            "AWS's price list has no Fargate or no load balancers for this region",
            "Asked: https://pricing.us-east-1.amazonaws.com. The prices that were known are unchanged."
        ),
        ("<html>", "its prices were not fetched", ": it is no price list. The prices that were known are unchanged."),
    ])
    func `a price list that has no prices changes none`(
        _ body: String, _ summary: String, _ detail: String
    ) async {
        let file = "project_name: my-mcp\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n"
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        let web = WebClient { _ in .success(WebResponse(status: 200, body: Array(body.utf8))) }
        #expect(await bench.run(["cost", "--refresh"], web: web) == 1)
        #expect(bench.err.contains("Error: eu-west-1: \(summary)\n"), "\(bench.err)")
        #expect(bench.err.contains("\(detail)\n  Hint: "), "\(bench.err)")
        #expect(bench.files["/srv/my-mcp/.slipway/prices.json"] == nil)
    }
}
