import FleetModel

/// A fleet as a Mermaid flowchart: what a client's request meets, region by region.
struct FleetDiagram {
    private let fleet: Fleet
    private let regions: [Region]

    init(_ fleet: Fleet, regions: [Region]) {
        self.fleet = fleet
        self.regions = regions
    }

    /// Ends in a line break.
    var mermaid: String {
        let entrance = fleet.domain.isEnabled ? [node("dns", domain, .round), "clients --> dns"] : []
        let lines = ["flowchart TB", "clients([MCP clients])"] + entrance + regions.flatMap(subgraph)
        return lines.enumerated().map { ($0.offset == 0 ? "" : "    ") + $0.element + "\n" }.joined()
    }

    private var domain: [String] { [fleet.domain.host, "Route 53: the nearest healthy region"] }

    private func subgraph(_ region: Region) -> [String] {
        let id = region.name.replacing("-", with: "_")
        let zones = region.network.availabilityZones.map { $0.dropFirst(region.name.count) }.joined(separator: " ")
        let title = Self.escaped("\(region.name), \(region.network.vpc), zones \(zones)")
        var inside = [node("\(id)_tasks", tasks(region), .box)]
        var arrows: [String] = []
        if region.loadBalancer.isCreated {
            inside.append(node("\(id)_alb", balancer(region), .box))
            arrows = ["\(fleet.domain.isEnabled ? "dns" : "clients") --> \(id)_alb", "\(id)_alb --> \(id)_tasks"]
        }
        if region.serviceDiscovery.isEnabled, region.task.maxCount > 1 {
            arrows.append("\(id)_tasks <-. sessions .-> \(id)_tasks")
        }
        inside.append(node("\(id)_secrets", ["Secrets Manager", secrets], .cylinder))
        arrows.append("\(id)_secrets --> \(id)_tasks")
        inside.append(node("\(id)_logs", logs(region), .cylinder))
        arrows.append("\(id)_tasks --> \(id)_logs")
        if let way = wayOut(region) {
            inside.append(node("\(id)_egress", way, .box))
            arrows.append("\(id)_tasks --> \(id)_egress")
        }
        return ["subgraph \(id)[\"\(title)\"]"] + inside.map { "    " + $0 } + ["end"] + arrows
    }

    /// What a request meets in a region, one thing after another, and what the tasks have beside it; each in a few lines.
    func parts(of region: Region) -> (way: [[String]], beside: [[String]]) {
        let way = (region.loadBalancer.isCreated ? [balancer(region)] : []) + [tasks(region)]
        return (way, [["Secrets Manager", secrets], logs(region)])
    }

    private func balancer(_ region: Region) -> [String] {
        let schedule = fleet.schedule
        let door =
            fleet.domain.isEnabled
            ? "HTTPS 443, and HTTP \(region.loadBalancer.port) redirects" : "HTTP \(region.loadBalancer.port)"
        let hours = schedule.isWeekendOnly && schedule.destroysLoadBalancers ? [schedule.hoursInWords] : []
        return ["load balancer" + (region.protection.hasFirewall ? " behind a firewall" : ""), door] + hours
    }

    private func tasks(_ region: Region) -> [String] {
        let task = region.task
        let count =
            task.maxCount > task.desiredCount ? "\(task.desiredCount) to \(task.maxCount)" : "\(task.desiredCount)"
        let spot = task.spotPercent > 0 ? ", \(task.spotPercent) percent on Spot" : ""
        let size = "\(Quantity(task.cpu, per: 1024).exactText) vCPU, \(Quantity(task.memory, per: 1024).exactText) GB"
        let server =
            switch fleet.server.transport {
            case .stdio(let command): "gateway starts \(command.joined(separator: " "))"
            case .http(let url, _):
                fleet.server.gatewayImage == nil ? "gateway before \(url)" : "gateway beside \(url)"
            }
        let hours = fleet.schedule.isWeekendOnly ? [fleet.schedule.hoursInWords] : []
        let noun = count == "1" ? "task" : "tasks"
        return ["\(count) \(noun) of \(size), \(task.architecture.rawValue)\(spot)", server] + hours
    }

    private var secrets: String { (["fleet key"] + fleet.server.secretKeys).joined(separator: ", ") }

    private func logs(_ region: Region) -> [String] {
        let days = region.monitoring.logRetentionDays
        return ["CloudWatch logs, \(days) day\(days == 1 ? "" : "s")"] + (region.monitoring.hasAlarms ? ["alarms"] : [])
    }

    private func wayOut(_ region: Region) -> [String]? {
        switch region.network.egress {
        case .publicAddresses: nil
        case .nat: ["NAT gateway"]
        case .endpoints: ["interface endpoints"]
        }
    }

    private enum Shape { case box, round, cylinder }

    private func node(_ id: String, _ lines: [String], _ shape: Shape) -> String {
        let label = "\"" + lines.map(Self.escaped).joined(separator: "<br/>") + "\""
        return switch shape {
        case .box: "\(id)[\(label)]"
        case .round: "\(id)([\(label)])"
        case .cylinder: "\(id)[(\(label))]"
        }
    }

    /// Mermaid's entities for what has a meaning inside a quoted label.
    private static func escaped(_ text: String) -> String {
        let entities: [Character: String] = [
            "\"": "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;", "&": "#amp;", "`": "#96;", "\\": "#92;",
        ]
        return text.map { entities[$0] ?? ($0.isNewline ? " " : String($0)) }.joined()
    }
}
