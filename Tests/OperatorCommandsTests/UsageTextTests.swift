import Testing

/// What a wrong command line is told, each with the exit code 64 and nothing touched.
@Suite struct UsageTextTests {
    @Test(arguments: [
        ("apply --timeout 0", "--timeout is a number from 1 to 120."),
        ("apply --planned --dry-run", "--planned and --dry-run go together badly: slipway plan shows."),
        ("plan --parallel 65", "--parallel is a number from 1 to 64."),
        ("plan --lock-timeout 3601", "--lock-timeout is from 0 to 3600."),
        ("deploy --canary eu-west-1 --no-wait", "--canary waits, so leave --no-wait out."),
        ("restart --no-wait --timeout 5", "--no-wait and --timeout say the opposite: choose one."),
        ("rollback --to 0", "--to is the number of a revision, such as 7."),
        ("scale", "Say one number from 0 to 1000, or --least and --most, the smaller one first."),
        ("secret set API_KEY --wait", "--wait waits for the new tasks of --restart: say both."),
        ("secret set --fleet-key --from-file k", "--fleet-key makes a value of its own."),
        ("logs --limit 0", "--limit is a number from 1 to 100000."),
        ("logs --follow --until 1h", "--follow goes on without end: leave --until out."),
        ("logs --filter \(String(repeating: "a", count: 1025))", "--filter has 1024 characters at most."),
        ("probe --url x", "--url is an http or https address, such as https://mcp.example.com/mcp."),
        ("probe --url http://a/mcp --region eu-west-1", "--url is one endpoint: leave --region out."),
        ("client-config --url x", "--url is an http or https address, such as https://mcp.example.com/mcp."),
        (
            "client-config --key-variable 1",
            "--key-variable is the name of an environment variable, such as MY_MCP_KEY."
        ),
        (
            "init",
            "Say what to run: '-- python3 -m my_server', '--url <url>' where it speaks HTTP itself, or both."
        ),
        ("up --port 65536", "--port is a number from 0 to 65535."),
        ("up --replicas 21", "--replicas is a number from 1 to 20."),
        (
            "up --url https://mcp.example.com/mcp",
            "--url is an http address on this machine, such as http://127.0.0.1:9000/mcp."
        ),
        ("up --read-only", "--image and --read-only are for containers: slipway up --containers."),
    ])
    func `a wrong command line is told what is right`(_ line: String, _ message: String) async {
        let bench = Workbench()
        #expect(await bench.run(line.split(separator: " ").map(String.init)) == 64)
        #expect(bench.err.hasPrefix("Error: \(message)\n") && bench.out.isEmpty, "\(bench.err)")
    }
}
