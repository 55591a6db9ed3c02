import AWSOperations
import FleetModel

/// Whether one region has room for its part of the fleet, and what is there of it already.
struct RegionCheckups {
    let fleet: Fleet
    let region: Region
    let client: AWSClient
    /// Seconds since 1970.
    let now: Int

    private var reader: AccountReader { AccountReader(client) }
    private var place: String { region.name }
    private var names: ResourceNames { ResourceNames(fleet, region) }

    func all() async -> [Checkup] {
        let standing: RegionStatus?
        var checks: [Checkup] = []
        do throws(Problem) {
            let status = try await RegionReader(client, fleet, region, now: now).status()
            standing = status
            checks.append(Self.judged(status))
        } catch {
            standing = nil
            checks.append(Checkup(place, notLookedAt: "the service", error))
        }
        let isThere = standing.map { $0.state != .absent } ?? false
        checks.append(await look("its zones") { () throws(Problem) in judged(zones: try await reader.zones()) })
        checks += await quotas(isThere: isThere, isBalancerThere: standing?.balancer != nil)
        checks += await images()
        checks += await certificate()
        checks += await secrets(isThere: isThere)
        return checks
    }

    private func look(_ what: String, _ read: () async throws(Problem) -> Checkup) async -> Checkup {
        do {
            return try await read()
        } catch {
            return Checkup(place, notLookedAt: what, error)
        }
    }

    static func judged(_ status: RegionStatus) -> Checkup {
        switch status.state {
        case .absent: Checkup(status.region, .ok, "nothing is there yet")
        case .running: Checkup(status.region, .ok, "\(status.running) of \(status.desired) tasks run")
        case .asleep: Checkup(status.region, .note, "it is there, and sleeps")
        case .deploying: Checkup(status.region, .note, "a deployment is under way: a change now takes its place")
        case .short, .failed:
            Checkup(
                status.region, .warning,
                "it is \(status.state.rawValue): \(status.running) of \(status.desired) tasks run",
                fix: "slipway why --region \(status.region)")
        }
    }

    func judged(zones: [String]) -> Checkup {
        let strangers = region.network.availabilityZones.filter { !zones.contains($0) }
        guard strangers.isEmpty else {
            return Checkup(
                place, .problem, "this account has no zone \(strangers.joined(separator: ", "))",
                fix: "write availability_zones: [\(zones.prefix(3).joined(separator: ", "))] for \(region.name)")
        }
        return Checkup(place, .ok, "it has the zones \(region.network.availabilityZones.joined(separator: ", "))")
    }

    private func quotas(isThere: Bool, isBalancerThere: Bool) async -> [Checkup] {
        var checks: [Checkup] = []
        checks.append(
            await look(ServiceQuota.networks.words) { () throws(Problem) in
                let used = try await reader.networkCount()
                return judged(.networks, limit: try await reader.limit(.networks), used: used, needed: isThere ? 0 : 1)
            })
        if region.loadBalancer.isCreated {
            checks.append(
                await look(ServiceQuota.balancers.words) { () throws(Problem) in
                    let used = try await reader.balancerNames().count
                    return judged(
                        .balancers, limit: try await reader.limit(.balancers), used: used,
                        needed: isBalancerThere ? 0 : 1)
                })
        }
        checks.append(
            await look(ServiceQuota.processors.words) { () throws(Problem) in
                // A deployment starts as many tasks again before the old ones go.
                let needed = (region.task.maxCount * 2 * region.task.cpu + 1023) / 1024
                return judged(.processors, limit: try await reader.limit(.processors), used: nil, needed: needed)
            })
        return checks
    }

    /// - Parameter used: nil where AWS does not tell.
    func judged(_ quota: ServiceQuota, limit: Int, used: Int?, needed: Int) -> Checkup {
        let usage = used.map { "\($0) of \(limit)" } ?? "up to \(limit)"
        guard (used ?? 0) + needed <= limit else {
            return Checkup(
                place, .problem,
                "\(quota.words): \(usage) \(used == nil ? "may run" : "are taken"), and this needs "
                    + "\(needed)", fix: "\(quota.request(in: region.name)) \((used ?? 0) + needed)")
        }
        return Checkup(place, .ok, "\(quota.words): \(usage)\(used == nil ? ", and this needs \(needed)" : "")")
    }

    private func images() async -> [Checkup] {
        var checks: [Checkup] = []
        for image in [fleet.server.image, fleet.server.gatewayImage].compactMap({ $0 }) {
            guard let reference = ImageReference(image) else { continue }
            checks.append(judged(image, await ImageLookup(client).contents(of: reference)))
        }
        return checks
    }

    func judged(_ image: String, _ finding: ImageFinding) -> Checkup {
        switch finding {
        case .absent(let words):
            return Checkup(place, .problem, "there is no image \(image): \(words)", fix: "push it, or name another one")
        case .unknown(let words):
            return Checkup(place, .note, "could not look at the image \(image): \(words)")
        case .found(let contents):
            let wanted = region.task.architecture == .arm ? "arm64" : "amd64"
            guard contents.architectures.contains(wanted) else {
                let list = contents.architectures.isEmpty ? "nothing" : contents.architectures.joined(separator: ", ")
                return Checkup(
                    place, .problem,
                    "\(image) is made for \(list), and tasks run on \(region.task.architecture.rawValue)",
                    fix: "build it for linux/\(wanted), or set architecture in the fleet file")
            }
            return withoutGateway(image, contents) ?? Checkup(place, .ok, "\(image) is there, for \(wanted)")
        }
    }

    /// Where nothing but the image itself can start the gateway, and it starts something else.
    private func withoutGateway(_ image: String, _ contents: ImageContents) -> Checkup? {
        guard case .http(_, let command) = fleet.server.transport, command.isEmpty, fleet.server.gatewayImage == nil,
            let start = contents.command?.joined(separator: " "), !start.contains("slipway-gateway")
        else { return nil }
        return Checkup(
            place, .warning,
            "\(image) starts '\(start.prefix(200))', and no gateway before it: sessions don't survive "
                + "several replicas", fix: "name gateway_image, or let the image start slipway-gateway")
    }

    private func certificate() async -> [Checkup] {
        guard fleet.domain.isEnabled else { return [] }
        return [
            await look("its certificates") { () throws(Problem) in
                judged(certificates: try await reader.certificates(for: fleet.domain.host, now: now))
            }
        ]
    }

    func judged(certificates: [CertificateFact]) -> Checkup {
        let host = fleet.domain.host
        if let good = certificates.first(where: { $0.status == "ISSUED" }) {
            let days = good.daysLeft ?? 0
            guard days < ProbeReport.fewestDays else {
                return Checkup(place, .ok, "the certificate of \(host) is good for \(days) days")
            }
            return Checkup(
                place, .problem, "the certificate of \(host) ends in \(days) days",
                fix: "see why it was not renewed: aws acm describe-certificate --region \(place) "
                    + "--certificate-arn \(good.arn)")
        }
        if certificates.contains(where: { $0.status == "PENDING_VALIDATION" }) {
            return Checkup(
                place, .warning, "the certificate of \(host) waits for its proof in DNS",
                fix: "see that the registrar names the zone's name servers")
        }
        if let bad = certificates.first {
            return Checkup(
                place, .problem, "the certificate of \(host) is \(bad.status)", fix: "apply makes another one")
        }
        return Checkup(place, .ok, "there is no certificate of \(host) yet; Terraform asks for one")
    }

    private func secrets(isThere: Bool) async -> [Checkup] {
        guard isThere else {
            let keys = fleet.server.secretKeys
            guard !keys.isEmpty else {
                return [Checkup(place, .ok, "it needs no secrets but the gateways' key, which slipway apply makes")]
            }
            return [
                Checkup(
                    place, .note, "its secrets have no values yet, and tasks wait for them",
                    fix: "after the apply: " + keys.map { "slipway secret set \($0)" }.joined(separator: "; ")
                        + " --restart")
            ]
        }
        return [
            await look("its secrets") { () throws(Problem) in
                judged(secrets: try await FactsReader(client, fleet, region, now: now).secrets())
            }
        ]
    }

    func judged(secrets: SecretFacts) -> Checkup {
        if secrets.isUnreadable {
            return Checkup(
                place, .problem, "the secret holds something that is not a JSON object of texts",
                fix: "aws secretsmanager put-secret-value --secret-string file:///dev/stdin")
        }
        if let key = secrets.missingKeys.first {
            return Checkup(
                place, .problem, "the secret has no value for \(secrets.missingKeys.joined(separator: ", "))",
                fix: "slipway secret set \(key) --region \(place) --restart")
        }
        guard !secrets.isFleetKeyMissing else {
            return Checkup(
                place, .problem, "the gateways have no key for session ids",
                fix: "slipway secret set --fleet-key --restart")
        }
        return Checkup(place, .ok, "its secrets have values")
    }
}
