import ArgumentParser
import FleetModel
import HTTPTransport
import TerminalView

/// `slipway client-config`: what clients are told to reach the fleet.
struct ClientConfig: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "client-config",
        abstract: "Print ready entries for MCP clients.",
        discussion: """
            For Claude Code and Claude Desktop, Cursor, VS Code, Windsurf, Zed and curl. The address is the fleet's \
            domain, or --url. Where the fleet asks callers for a key, the entry holds the client's own reference to \
            one, or a place to write it; never a key.

              slipway client-config
              slipway client-config --client cursor > .cursor/mcp.json
              slipway client-config --url http://127.0.0.1:8080/mcp
            """
    )

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @Option(help: ArgumentHelp("One client only, its entry and nothing else; may be given several times."))
    var client: [MCPClientKind] = []

    @Option(help: ArgumentHelp("The fleet's address. (default: that of its domain)", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "The environment variable that holds the caller's key. (default: named for the project, where "
                + "secret_keys has SLIPWAY_API_KEYS)",
            valueName: "name"
        )
    )
    var keyVariable: String?

    @OptionGroup var regions: RegionOptions

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func validate() throws {
        if let url, HTTPLocation(url) == nil || url.contains("'") {
            throw ValidationError("--url is an http or https address, such as https://mcp.example.com/mcp.")
        }
        if let keyVariable, keyVariable.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) == nil {
            throw ValidationError("--key-variable is the name of an environment variable, such as MY_MCP_KEY.")
        }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let whole = try effects.fleet(in: file)
        let fleet = whole.keeping(try regions.chosen(from: whole, in: file))
        let url = try url ?? Self.address(of: fleet, in: file)
        let kinds = client.isEmpty ? MCPClientKind.allCases : MCPClientKind.allCases.filter(client.contains)
        let variable = keyVariable ?? Self.keyVariable(of: fleet)
        let entries = kinds.map { ClientEntry($0, name: fleet.projectName, url: url, variable: variable) }
        effects.answer(
            ClientConfigAnswer(name: fleet.projectName, url: url, entries: entries, isAlone: client.count == 1),
            as: format
        )
        return .done
    }

    /// What the gateway says its address is, else the domain's with the gateway's path.
    private static func address(of fleet: Fleet, in file: String) throws(Problem) -> String {
        let settings = fleet.regions.first?.task.environment ?? [:]
        if let stated = settings["SLIPWAY_PUBLIC_URL"] { return stated }
        guard fleet.domain.isEnabled else {
            throw Problem(
                .missingKey,
                at: .file(file),
                "the fleet has no domain, so its address is known to AWS only",
                detail: "Each region's load balancer has a name of its own, which AWS chooses.",
                hint: "give it: slipway client-config --url http://<load_balancer_dns_name>/mcp, or enable a domain"
            )
        }
        return "https://\(fleet.domain.host)\(settings["SLIPWAY_PATH"] ?? "/mcp")"
    }

    /// `MY_MCP_KEY`, where callers sign in with keys.
    private static func keyVariable(of fleet: Fleet) -> String? {
        let isAsked =
            fleet.server.secretKeys.contains("SLIPWAY_API_KEYS")
            || fleet.regions.contains { $0.task.environment["SLIPWAY_API_KEYS_FILE"] != nil }
        return isAsked ? fleet.projectName.uppercased().replacing("-", with: "_") + "_KEY" : nil
    }
}
