import Foundation
import Testing

@testable import OperatorCommands

@Suite struct ClientConfigTests {
    private func bench(_ server: String = "command: [x]", domain: Bool = true, extra: String = "") -> Workbench {
        Workbench(files: [
            "/srv/my-mcp/slipway.yaml": """
            project_name: my-mcp
            server: { \(server) }
            defaults: { desired_count: 2\(extra) }
            regions: { eu-west-1: {} }
            domain: { enable_domain: \(domain), domain_name: example.com }
            """
        ])
    }

    /// What a client's file holds, as JSON.
    private func entry(_ client: String, _ bench: Workbench, _ more: String...) async throws -> NSDictionary {
        let words = ["client-config", "--client", client] + more
        #expect(await bench.run(words) == 0, "\(bench.err)")
        return try #require(JSONSerialization.jsonObject(with: Data(bench.out.utf8)) as? NSDictionary)
    }

    @Test(arguments: [
        ("claude-code", #"{"mcpServers":{"my-mcp":{"type":"http","url":"https://mcp.example.com/mcp"}}}"#),
        (
            "claude-desktop",
            #"{"mcpServers":{"my-mcp":{"command":"npx","args":["-y","mcp-remote","https://mcp.example.com/mcp","#
                + #""--transport","http-only"]}}}"#
        ),
        ("cursor", #"{"mcpServers":{"my-mcp":{"url":"https://mcp.example.com/mcp"}}}"#),
        ("vscode", #"{"servers":{"my-mcp":{"type":"http","url":"https://mcp.example.com/mcp"}}}"#),
        ("windsurf", #"{"mcpServers":{"my-mcp":{"serverUrl":"https://mcp.example.com/mcp"}}}"#),
        ("zed", #"{"context_servers":{"my-mcp":{"url":"https://mcp.example.com/mcp"}}}"#),
    ])
    func `each client's file is of its own form`(_ client: String, _ expected: String) async throws {
        let wanted = try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary
        #expect(try await entry(client, bench()) == wanted)
    }

    @Test(arguments: [
        ("claude-code", "Bearer ${MY_MCP_KEY}"), ("cursor", "Bearer ${env:MY_MCP_KEY}"),
        ("vscode", "Bearer ${input:my-mcp-key}"), ("windsurf", "Bearer ${env:MY_MCP_KEY}"),
        ("zed", "Bearer <your key>"),
    ])
    func `a key is the client's own reference`(_ client: String, _ reference: String) async throws {
        let bench = bench("command: [x], secret_keys: [SLIPWAY_API_KEYS]")
        let file = try await entry(client, bench)
        let servers = file["mcpServers"] ?? file["servers"] ?? file["context_servers"]
        let server = (servers as? NSDictionary)?["my-mcp"] as? NSDictionary
        #expect(server?["headers"] as? [String: String] == ["Authorization": reference])
    }

    @Test func `VS Code asks for the key, and Claude Desktop's bridge is handed it`() async throws {
        let server = "command: [x], secret_keys: [SLIPWAY_API_KEYS]"
        let vscode = try await entry("vscode", bench(server))
        let inputs = try #require(vscode["inputs"] as? [NSDictionary])
        #expect(inputs.first?["id"] as? String == "my-mcp-key" && inputs.first?["password"] as? Bool == true)
        let desktop = try await entry("claude-desktop", bench(server), "--url", "http://127.0.0.1:8080/mcp")
        let bridge = (desktop["mcpServers"] as? NSDictionary)?["my-mcp"] as? NSDictionary
        #expect(
            (bridge?["args"] as? [String])?.suffix(3) == ["--allow-http", "--header", "Authorization:${AUTH_HEADER}"])
        #expect(bridge?["env"] as? [String: String] == ["AUTH_HEADER": "Bearer <your key>"])
    }

    @Test func `all clients are shown with their files`() async {
        let bench = bench()
        #expect(await bench.run("client-config", "--key-variable", "TOKEN") == 0)
        #expect(bench.out.hasPrefix("my-mcp is at https://mcp.example.com/mcp\n\nClaude Code, in .mcp.json:\n{\n"))
        #expect(
            bench.out.contains(
                "Or: claude mcp add --transport http my-mcp https://mcp.example.com/mcp "
                    + "--header 'Authorization: Bearer ${TOKEN}'\n"
            )
        )
        #expect(bench.out.contains("\nWindsurf, in ~/.codeium/windsurf/mcp_config.json:\n"))
        #expect(bench.out.contains("  -H \"Authorization: Bearer $TOKEN\" \\\n"))
        #expect(MCPClientKind.allCases.allSatisfy { bench.out.contains("\n\($0.name)") })
    }

    @Test func `the gateway's own path and public URL are the address`() async throws {
        let path = bench(extra: ", container_environment: { SLIPWAY_PATH: /tools }")
        #expect(await path.run("client-config", "--client", "curl") == 0)
        #expect(path.out.hasPrefix("curl 'https://mcp.example.com/tools' \\\n"))
        let stated = bench(domain: false, extra: ", container_environment: { SLIPWAY_PUBLIC_URL: \"https://a.b/c\" }")
        #expect(await stated.run("client-config", "--client", "curl") == 0)
        #expect(stated.out.hasPrefix("curl 'https://a.b/c' \\\n"))
    }

    @Test func `a region's own path is its address`() async {
        let file = """
            project_name: my-mcp
            server: { command: [x] }
            regions: { eu-west-1: {}, us-east-1: { container_environment: { SLIPWAY_PATH: /tools } } }
            domain: { enable_domain: true, domain_name: example.com }
            """
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        #expect(await bench.run("client-config", "--client", "curl", "--region", "us-east-1") == 0)
        #expect(bench.out.hasPrefix("curl 'https://mcp.example.com/tools' \\\n"), "\(bench.out)")
    }

    @Test func `JSON keeps the clients' own spelling`() async throws {
        let bench = bench()
        #expect(await bench.run("client-config", "--json") == 0)
        let answer = try JSONSerialization.jsonObject(with: Data(bench.out.utf8)) as? [String: Any]
        let clients = try #require(answer?["clients"] as? [[String: Any]])
        #expect(clients.count == 7)
        #expect((clients.first?["configuration"] as? NSDictionary)?["mcpServers"] != nil)
        #expect((clients.last?["command"] as? String)?.hasPrefix("curl ") == true)
    }

    @Test func `without a domain the address has to be given`() async {
        let bench = bench(domain: false)
        #expect(await bench.run("client-config") == 1)
        #expect(
            bench.err == """
                Error: slipway.yaml: the fleet has no domain, so its address is known to AWS only
                  Each region's load balancer has a name of its own, which AWS chooses.
                  Hint: give it: slipway client-config --url http://<load_balancer_dns_name>/mcp, or enable a domain

                """
        )
    }

    @Test(arguments: [
        ["--url", "ftp://x"], ["--url", "https://a/'$(x)"], ["--key-variable", "a b"], ["--client", "x"],
    ])
    func `what could not be pasted safely is a usage error`(_ words: [String]) async {
        #expect(await bench().run(["client-config"] + words) == 64)
    }
}
