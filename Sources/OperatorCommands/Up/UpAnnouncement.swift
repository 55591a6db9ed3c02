import LocalFleet
import TerminalView

/// What `slipway up` says once clients may come.
struct UpAnnouncement: Answer {
    /// One running replica.
    struct Replica: Encodable {
        let name: String
        let address: String
        let pid: Int32?
        /// The container's name, where it is one.
        let container: String?
    }

    let name: String
    let url: String
    let replicas: [Replica]

    init(plan: LocalFleetPlan, port: Int, processes: [String: Int32]) {
        name = plan.name
        url = "http://127.0.0.1:\(port)/mcp"
        replicas = plan.replicas.map {
            Replica(
                name: $0.name,
                address: "http://\($0.address)",
                pid: plan.containers == nil ? processes[$0.name] : nil,
                container: plan.containers?.container(of: $0)
            )
        }
    }

    func text(ink: Ink) -> String {
        let count = replicas.count == 1 ? "1 replica" : "\(replicas.count) replicas"
        let rows = replicas.map { replica in
            let place = replica.container.map { "container \($0)" } ?? "pid \(replica.pid.map(String.init) ?? "?")"
            return "  \(replica.name)  \(replica.address)  \(place)\n"
        }.joined()
        let lines = clients.map { client, line in
            "  \(client)\(String(repeating: " ", count: 13 - client.count))\(line)\n"
        }
        return """
            \(name) is up: \(count) behind one balancer.

              \(ink.bold(url))

            \(rows)
            Paste into a client:
            \(lines.joined())
            Press Ctrl-C to stop.

            """
    }

    private var clients: [(String, String)] {
        [
            ("Claude Code", "claude mcp add --transport http \(name) \(url)"),
            ("VS Code", #"code --add-mcp '{"name":"\#(name)","type":"http","url":"\#(url)"}'"#),
            ("Cursor", #"{"mcpServers":{"\#(name)":{"url":"\#(url)"}}}  in .cursor/mcp.json"#),
            ("curl", "curl \(url.dropLast(3))health"),
        ]
    }
}
