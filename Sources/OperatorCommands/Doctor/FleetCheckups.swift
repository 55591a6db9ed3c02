import FleetModel

/// What a fleet file says, beyond whether it may be said: what works and may surprise, and what AWS needs.
enum FleetCheckups {
    static func all(_ fleet: Fleet, in file: String, at now: Int) -> [Checkup] {
        let plural = fleet.regions.count == 1 ? "" : "s"
        let good = Checkup(
            file, .ok,
            "names, networks, ports and hours are good: \(fleet.projectName) in \(fleet.regions.count) "
                + "region\(plural)")
        return [good] + image(fleet, file) + gateway(fleet, file) + ports(fleet, file) + schedule(fleet, file, now)
            + access(fleet, file)
    }

    private static func image(_ fleet: Fleet, _ file: String) -> [Checkup] {
        guard let image = fleet.server.image else {
            return [
                Checkup(
                    file, .problem, "no image is named, and AWS runs nothing else",
                    fix: "add image under server, such as ghcr.io/my-org/my-mcp:1.0")
            ]
        }
        return [image, fleet.server.gatewayImage].compactMap { $0 }.filter(isMoving).map { image in
            Checkup(
                file, .warning, "\(image) is whatever was pushed last: tasks of one region may differ",
                fix: "name a version or a digest")
        }
    }

    /// Whether the name stands for another image tomorrow.
    private static func isMoving(_ image: String) -> Bool {
        guard !image.contains("@") else { return false }
        let last = image.split(separator: "/").last ?? ""
        return !last.contains(":") || last.hasSuffix(":latest")
    }

    /// A server that the image's own command starts may stand there without its gateway.
    private static func gateway(_ fleet: Fleet, _ file: String) -> [Checkup] {
        guard case .http(_, let command) = fleet.server.transport, command.isEmpty, fleet.server.gatewayImage == nil
        else { return [] }
        let most = fleet.regions.map(\.task.maxCount).max() ?? 1
        return [
            Checkup(
                file, most > 1 ? .warning : .note,
                "the image's own command has to start the gateway: nothing else puts one before the server"
                    + (most > 1 ? ", and sessions don't survive several replicas without it" : ""),
                fix: "name gateway_image, or let the image start slipway-gateway")
        ]
    }

    /// The balancer asks on container_port, whatever the gateway is told besides.
    private static func ports(_ fleet: Fleet, _ file: String) -> [Checkup] {
        fleet.regions.compactMap { region in
            guard let port = region.task.environment["SLIPWAY_PORT"], port != "\(region.task.containerPort)" else {
                return nil
            }
            return Checkup(
                file, .problem,
                "in \(region.name) the gateway would listen on SLIPWAY_PORT \(port), and the load balancer asks on "
                    + "container_port \(region.task.containerPort)",
                fix: "remove SLIPWAY_PORT from container_environment")
        }
    }

    private static func schedule(_ fleet: Fleet, _ file: String, _ now: Int) -> [Checkup] {
        let schedule = fleet.schedule
        guard schedule.isWeekendOnly else { return [] }
        var checks: [Checkup] = []
        guard let isOpen = schedule.isOpen(at: now) else {
            return [
                Checkup(
                    file, .warning, "this machine knows no time zone \(schedule.timezone); AWS may",
                    fix: "see that it is written as in Europe/Berlin")
            ]
        }
        let hours = "it runs on \(schedule.hoursInWords): \(schedule.hoursPerWeek) of 168 hours"
        checks.append(
            Checkup(
                file, isOpen ? .ok : .note, isOpen ? hours : "\(hours); now it sleeps, so an apply's tasks stop soon"))
        let isTold = fleet.regions.allSatisfy { $0.monitoring.alarmEmail != nil }
        if schedule.destroysLoadBalancers, !isTold {
            checks.append(
                Checkup(
                    file, .warning, "the schedule removes load balancers, and nobody is written to when it fails",
                    fix: "set alarm_email under defaults"))
        }
        return checks
    }

    private static func access(_ fleet: Fleet, _ file: String) -> [Checkup] {
        var checks: [Checkup] = []
        let isOpen = fleet.regions.contains { $0.protection.allowedCIDRs == nil && $0.loadBalancer.isCreated }
        let settings = fleet.regions.flatMap { $0.task.environment.keys }
        let asks =
            fleet.server.secretKeys.contains("SLIPWAY_API_KEYS")
            || settings.contains { ["SLIPWAY_JWT_ISSUER", "SLIPWAY_API_KEYS_FILE"].contains($0) }
        if isOpen, !asks {
            checks.append(
                Checkup(
                    file, .warning, "everybody may connect and call: no keys, no issuer, no allowed_cidrs",
                    fix: "add SLIPWAY_API_KEYS to secret_keys (docs/gateway.md), or set allowed_cidrs"))
        }
        if !fleet.domain.isEnabled, fleet.regions.contains(where: \.loadBalancer.isCreated) {
            checks.append(
                Checkup(
                    file, .note, "without a domain clients speak plain HTTP to it",
                    fix: "set enable_domain and domain_name"))
        }
        return checks
    }
}
