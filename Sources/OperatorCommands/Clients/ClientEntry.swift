import FleetModel

/// What one client is told to reach the fleet. A key is never in it, only the client's own way to be given one.
///
/// By the clients' manuals of autumn 2026; where a client has no such way, a placeholder stands there.
struct ClientEntry: Sendable, Equatable {
    /// What is said to the client.
    enum Content: Sendable, Equatable {
        /// For its file.
        case configuration(ConfigValue)
        /// For a shell.
        case command(String)
    }

    let kind: MCPClientKind
    let content: Content
    /// What else the reader has to do, a sentence each.
    let notes: [String]

    /// - Parameters:
    ///   - name: what the client will call the fleet.
    ///   - variable: the environment variable that will hold the key; nil where nobody is asked for one.
    init(_ kind: MCPClientKind, name: String, url: String, variable: String?) {
        self.kind = kind
        let plan = Plan(name: name, url: url, variable: variable)
        content =
            switch kind {
            case .claudeCode: .configuration(plan.claudeCode)
            case .claudeDesktop: .configuration(plan.claudeDesktop)
            case .cursor: .configuration(plan.cursor)
            case .vscode: .configuration(plan.vscode)
            case .windsurf: .configuration(plan.windsurf)
            case .zed: .configuration(plan.zed)
            case .curl: .command(plan.curl)
            }
        notes = plan.notes(for: kind)
    }

    private struct Plan {
        let name: String
        let url: String
        let variable: String?

        /// The servers of a file under their key, with ours in it.
        private func servers(under key: String, _ fields: [(name: String, value: ConfigValue)]) -> ConfigValue {
            .object([(key, .object([(name, .object(fields))]))])
        }

        /// The header, where a key is asked for, as the client's own reference.
        private func headers(_ reference: (String) -> String) -> [(name: String, value: ConfigValue)] {
            guard let variable else { return [] }
            return [("headers", .object([("Authorization", .text("Bearer \(reference(variable))"))]))]
        }

        var claudeCode: ConfigValue {
            servers(under: "mcpServers", [("type", .text("http")), ("url", .text(url))] + headers { "${\($0)}" })
        }

        var cursor: ConfigValue {
            servers(under: "mcpServers", [("url", .text(url))] + headers { "${env:\($0)}" })
        }

        var windsurf: ConfigValue {
            servers(under: "mcpServers", [("serverUrl", .text(url))] + headers { "${env:\($0)}" })
        }

        var zed: ConfigValue {
            servers(under: "context_servers", [("url", .text(url))] + headers { _ in "<your key>" })
        }

        var vscode: ConfigValue {
            let id = "\(name)-key"
            let servers = servers(
                under: "servers",
                [("type", .text("http")), ("url", .text(url))] + headers { _ in "${input:\(id)}" }
            )
            guard variable != nil, case .object(let fields) = servers else { return servers }
            let input: ConfigValue = .object([
                ("type", .text("promptString")), ("id", .text(id)), ("description", .text("Key of \(name)")),
                ("password", .flag(true)),
            ])
            return .object([("inputs", .list([input]))] + fields)
        }

        /// Its file takes programs only, so `mcp-remote` stands in between.
        var claudeDesktop: ConfigValue {
            var words = ["-y", "mcp-remote", url, "--transport", "http-only"]
            if url.hasPrefix("http://") { words.append("--allow-http") }
            var fields: [(name: String, value: ConfigValue)] = [("command", .text("npx"))]
            // Without a space: on Windows an argument with one is not passed on whole.
            if variable != nil { words += ["--header", "Authorization:${AUTH_HEADER}"] }
            fields.append(("args", .list(words.map { .text($0) })))
            if variable != nil { fields.append(("env", .object([("AUTH_HEADER", .text("Bearer <your key>"))]))) }
            return servers(under: "mcpServers", fields)
        }

        var curl: String {
            let hello =
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","#
                + #""capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}"#
            var lines = [
                "curl '\(url)'", "-H 'content-type: application/json'",
                "-H 'accept: application/json, text/event-stream'",
            ]
            if let variable { lines.append("-H \"Authorization: Bearer $\(variable)\"") }
            lines.append("-d '\(hello)'")
            return lines.joined(separator: " \\\n  ")
        }

        func notes(for kind: MCPClientKind) -> [String] {
            let fromEnvironment = variable.map { ["It reads the key from \($0) in its environment."] } ?? []
            let header = variable.map { " --header 'Authorization: Bearer ${\($0)}'" } ?? ""
            return switch kind {
            case .claudeCode:
                ["Or: claude mcp add --transport http \(name) \(url)\(header)"] + fromEnvironment
            case .claudeDesktop:
                (url.hasPrefix("https://") && variable == nil
                    ? ["Or without a file: Settings, Connectors, Add custom connector, with the address above."] : [])
                    + (variable == nil ? [] : ["Write your key in place of <your key>; the file is yours alone."])
            case .cursor, .windsurf: fromEnvironment
            case .vscode: variable == nil ? [] : ["It asks for the key once and keeps it in the system's keychain."]
            case .zed: variable == nil ? [] : ["Write your key in place of <your key>; Zed reads no variables there."]
            case .curl: variable.map { ["It reads the key from \($0) in the shell's environment."] } ?? []
            }
        }
    }
}
