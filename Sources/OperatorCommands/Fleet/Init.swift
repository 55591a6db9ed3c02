import ArgumentParser
import FleetModel
import TerminalView

/// `slipway init`: writes a fleet file to start from, and never over one that is there.
struct Init: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a fleet file to start from.",
        usage: """
            slipway init [options] -- <command> ...
            slipway init [options] --url <url>
            slipway init --dockerfile <kind>
            """,
        discussion: """
            Writes slipway.yaml with every setting explained, slipway.env for the secrets of a local run, and \
            lists what must not be committed in .gitignore. Nothing that is there already is written over.

              slipway init --region eu-west-1 --region us-east-1 -- python3 -m my_server
              slipway init --name my-mcp --url http://127.0.0.1:8000/mcp

            --dockerfile writes a Dockerfile and a .dockerignore too, or only these where there is a fleet file \
            already: npm and pypi for a package or the project in this folder, binary for a program, http for a \
            server that speaks HTTP itself.

              slipway init --dockerfile npm -- npx -y @my-org/my-server
            """
    )

    @Option(help: ArgumentHelp("The project's name. (default: this folder's name)", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Which copy of the project this is.", valueName: "name"))
    var environment = "dev"

    @Option(
        name: .customLong("region"),
        help: ArgumentHelp(
            "A region to run in; may be given several times. (default: AWS_REGION, else eu-west-1)",
            valueName: "region"
        )
    )
    var regions: [String] = []

    @Option(help: ArgumentHelp("The container image that holds the server and the gateway.", valueName: "image"))
    var image: String?

    @Option(help: ArgumentHelp("The address of a server that speaks HTTP itself, on this machine.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp("Also write a Dockerfile for a server that is npm, pypi, binary or http.", valueName: "kind")
    )
    var dockerfile: ImageRecipe.Kind?

    @Flag(help: "Say what would be written, and write nothing.")
    var dryRun = false

    @OptionGroup var answer: AnswerOptions

    @Argument(parsing: .postTerminator, help: "The server's program, word by word, after --.")
    var command: [String] = []

    var format: OutputFormat { answer.format }

    func validate() throws {
        if command.isEmpty, url == nil, dockerfile == nil {
            throw ValidationError(
                "Say what to run: '-- python3 -m my_server', '--url <url>' where it speaks HTTP itself, or both.")
        }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let folder = NewFleetFolder(effects: effects, isDryRun: dryRun)
        guard command.isEmpty, url == nil else {
            let fleet = try template(effects)
            let text = try judged(fleet)
            effects.answer(try folder.write(text, recipe(for: fleet.server)), as: format)
            return .done
        }
        let fleet = try effects.fleet(in: FleetFile.name)
        effects.answer(try folder.write(nil, recipe(for: fleet.server)), as: format)
        return .done
    }

    private func recipe(for server: Server) -> ImageRecipe? {
        dockerfile.map { ImageRecipe(kind: $0, server: server) }
    }

    private func template(_ effects: Effects) throws -> FleetTemplate {
        let folder = effects.currentDirectory().split(separator: "/").last.map(String.init) ?? ""
        guard let name = name ?? SuggestedName.project(folder: folder) else {
            throw Problem(
                .usage,
                "the project has no name yet",
                detail: "It cannot be named after this folder, whose name has no letter AWS allows.",
                hint: "choose one with: slipway init --name my-mcp"
            )
        }
        let transport = url.map { Server.Transport.http(url: $0, command: command) } ?? .stdio(command: command)
        return FleetTemplate(
            projectName: name,
            environment: environment,
            server: Server(transport: transport, image: image),
            regions: regions.isEmpty ? [standardRegion(effects)] : regions
        )
    }

    /// The region the AWS command line would use, else the original's.
    private func standardRegion(_ effects: Effects) -> String {
        let variables = effects.environment()
        return ["AWS_REGION", "AWS_DEFAULT_REGION"].compactMap { variables[$0] }.first { !$0.isEmpty } ?? "eu-west-1"
    }

    /// The text of the file, if `check` will accept it; its problems lie in the options, as no file is written yet.
    private func judged(_ template: FleetTemplate) throws -> String {
        do {
            _ = try FleetFile.parse(template.text)
        } catch let problems {
            throw Problems(
                problems.all.map { problem in
                    var problem = problem
                    problem.place = nil
                    problem.detail = [problem.detail, "Nothing was written."].compactMap { $0 }.joined(separator: "\n")
                    return problem
                }
            )
        }
        return template.text
    }
}
