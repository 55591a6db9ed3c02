import FleetModel
import Testing

@testable import OperatorCommands

@Suite struct ImageRecipeTests {
    private func dockerfile(_ kind: ImageRecipe.Kind, _ command: String...) throws -> String {
        try ImageRecipe(kind: kind, server: Server(transport: .stdio(command: command))).text()
    }

    @Test func `a new folder gets the fleet file and the Dockerfile, and the same command in both`() async throws {
        let bench = Workbench()
        let code = await bench.run(
            "init", "--dockerfile", "npm", "--", "npx", "-y", "@my-org/notes@1.2", "--read \"x\"")
        #expect(code == 0)
        #expect(
            bench.out.hasPrefix("Wrote Dockerfile, .dockerignore, slipway.yaml and slipway.env.\nAdded slipway.env"))
        let text = try #require(bench.files["/srv/my-mcp/Dockerfile"])
        #expect(text.contains("RUN npm install --omit=dev --no-audit --no-fund '@my-org/notes@1.2' &&"))
        #expect(text.contains(#"CMD ["slipway-gateway", "--", "npx", "-y", "@my-org/notes@1.2", "--read \"x\""]"#))
        #expect(text.contains("\nUSER 65532:65532\n") && text.contains("\nENTRYPOINT []\n"))
        let ignored = try #require(bench.files["/srv/my-mcp/.dockerignore"]).split(separator: "\n")
        #expect(ignored.contains("slipway.env") && ignored.contains(".env"))
        #expect(await bench.run("check") == 0)
    }

    @Test func `a fleet file that is there says the command, and stays as it is`() async throws {
        let bench = Workbench()
        #expect(await bench.run("init", "--", "python3", "-m", "my_server") == 0)
        let before = bench.files
        #expect(await bench.run("init", "--dockerfile", "pypi") == 0)
        #expect(bench.out.hasSuffix("Wrote Dockerfile and .dockerignore.\nNext: slipway up --containers\n"))
        for (path, text) in before { #expect(bench.files[path] == text) }
        let text = try #require(bench.files["/srv/my-mcp/Dockerfile"])
        #expect(text.contains(#"CMD ["slipway-gateway", "--", "python3", "-m", "my_server"]"#))
        #expect(text.contains("pip install --no-cache-dir -r requirements.txt"))
    }

    @Test func `without a fleet file and a command there is nothing to write`() async {
        let bench = Workbench()
        #expect(await bench.run("init", "--dockerfile", "npm") == 1)
        #expect(bench.err.contains("slipway.yaml: there is no such file"))
        #expect(bench.files.isEmpty)
        #expect(await bench.run("init", "--dockerfile", "ruby", "--", "x") == 64)
    }

    @Test(arguments: ["Dockerfile", ".dockerignore"])
    func `a Dockerfile that is there is not written over, and nothing else is written either`(_ name: String) async {
        let bench = Workbench(files: ["/srv/my-mcp/\(name)": "mine"])
        #expect(await bench.run("init", "--dockerfile", "binary", "--", "./my-server") == 1)
        #expect(bench.files == ["/srv/my-mcp/\(name)": "mine"])
        #expect(bench.err.hasPrefix("Error: \(name): is there already, and was left as it is\n"))
    }

    @Test func `what npx and uvx would fetch is in the image`() throws {
        #expect(try dockerfile(.npm, "npx", "--package=a@1", "b").contains("--no-fund 'a@1' &&"))
        #expect(try dockerfile(.npm, "npx", "-y", "-p", "a", "b").contains("--no-fund 'a' &&"))
        #expect(try dockerfile(.pypi, "uvx", "my-server", "--x").contains("uv tool install --no-cache 'my-server'\n"))
        #expect(try dockerfile(.pypi, "uvx", "--from", "a[cli]==1", "b").contains("--no-cache 'a[cli]==1'\n"))
        #expect(try dockerfile(.npm, "node", "index.js").contains("COPY package*.json ./\n"))
    }

    @Test func `a package's name can't become a command of the build`() throws {
        for name in ["a'; curl evil.example", "a\nRUN x", "a$(x)", "ä", "a b"] {
            #expect(throws: Problem.self) { try dockerfile(.npm, "npx", name) }
            #expect(throws: Problem.self) { try dockerfile(.pypi, "uvx", name) }
        }
        #expect(throws: Problem.self) { try dockerfile(.npm, "npx", "-y") }
    }

    @Test func `a program is copied to where its command looks for it`() throws {
        #expect(try dockerfile(.binary, "notes").contains(#"COPY ["notes", "/usr/local/bin/notes"]"#))
        #expect(try dockerfile(.binary, "./build/notes", "x").contains(#"COPY ["./build/notes", "./build/notes"]"#))
        #expect(try dockerfile(.binary, "/opt/notes").contains(#"COPY ["notes", "/opt/notes"]"#))
        #expect(try dockerfile(.binary, "a\"$b\nRUN x").contains(#"COPY ["a\"\$b\nRUN x", "#))
    }

    @Test func `a server that speaks HTTP keeps its image, or is started by the gateway in it`() throws {
        let url = "http://127.0.0.1:9000/mcp?a=$b"
        let beside = try ImageRecipe(kind: .http, server: Server(transport: .http(url: url))).text()
        #expect(beside.hasSuffix("FROM ${GATEWAY}\nENV SLIPWAY_UPSTREAM=\"http://127.0.0.1:9000/mcp?a=\\$b\"\n"))
        let both = try ImageRecipe(kind: .http, server: Server(transport: .http(url: url, command: ["serve"]))).text()
        #expect(both.contains("FROM ${SERVER}\n") && both.contains("SLIPWAY_UPSTREAM="))
        #expect(both.hasSuffix("CMD [\"slipway-gateway\", \"--\", \"serve\"]\n"))
        #expect(throws: Problem.self) { try dockerfile(.http, "python3") }
        #expect(throws: Problem.self) {
            try ImageRecipe(kind: .binary, server: Server(transport: .http(url: url))).text()
        }
    }
}
