import FleetModel

/// Looks at one region of a fleet. Changes nothing.
package struct RegionReader: Sendable {
    private let client: AWSClient
    private let fleet: Fleet
    private let region: Region
    private let names: ResourceNames
    /// Seconds since 1970.
    private let now: Int

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region, now: Int) {
        self.client = client
        self.fleet = fleet
        self.region = region
        names = ResourceNames(fleet, region)
        self.now = now
    }

    package func status() async throws(Problem) -> RegionStatus {
        var status = RegionStatus(region: region.name)
        guard let service = try await service(), service.status == "ACTIVE" else { return status }
        status.running = service.runningCount
        status.desired = service.desiredCount
        status.rollout = service.primary?.rolloutState?.lowercased()
        status.rolloutReason = (service.failed ?? service.primary)?.rolloutStateReason
        status.taskDefinition = (service.primary?.taskDefinition ?? service.taskDefinition)?
            .split(separator: "/").last.map(String.init)
        try await range(&status)
        if region.loadBalancer.isCreated {
            try await edge(&status)
            try await health(service, &status)
        }
        status.state = service.failed == nil ? state(status) : .failed
        return status
    }

    private func state(_ status: RegionStatus) -> RegionStatus.State {
        if status.desired == 0, status.running == 0 { return .asleep }
        if status.rollout == "in_progress" { return .deploying }
        let isShort =
            status.running < status.desired || region.loadBalancer.isCreated && status.healthyTargets < status.desired
        return isShort ? .short : .running
    }

    /// nil where there is no such cluster or service.
    private func service() async throws(Problem) -> ServiceDescription? {
        do {
            let answer: ServiceDescription.Answer = try await client.call(
                .ecs, "DescribeServices",
                ServiceDescription.Request(cluster: region.clusterName, services: [names.service])
            )
            return answer.services.first
        } catch  where error.kind == .notFound {
            return nil
        }
    }

    private struct TargetsRequest: Encodable {
        let ServiceNamespace = "ecs"
        let ScalableDimension = "ecs:service:DesiredCount"
        let ResourceIds: [String]
    }

    private struct TargetsAnswer: Decodable {
        let ScalableTargets: [ScalableTarget]
    }

    private struct ScalableTarget: Decodable {
        let MinCapacity: Int
        let MaxCapacity: Int
        let SuspendedState: Suspended?
    }

    private struct Suspended: Decodable {
        let ScheduledScalingSuspended: Bool?
    }

    private func range(_ status: inout RegionStatus) async throws(Problem) {
        let answer: TargetsAnswer = try await client.call(
            .autoScaling, "DescribeScalableTargets",
            TargetsRequest(ResourceIds: ["service/\(region.clusterName)/\(names.service)"])
        )
        guard let target = answer.ScalableTargets.first else { return }
        status.leastTasks = target.MinCapacity
        status.mostTasks = target.MaxCapacity
        status.isSchedulePaused = target.SuspendedState?.ScheduledScalingSuspended ?? false
    }

    /// The load balancer's address and the certificate it shows. Outside of the schedule's hours there may be none.
    private func edge(_ status: inout RegionStatus) async throws(Problem) {
        let balancers: XMLElement
        do {
            balancers = try await client.query(
                .loadBalancing, "DescribeLoadBalancers", [("Names.member.1", names.loadBalancer)])
        } catch  where error.kind == .notFound {
            return
        }
        guard let balancer = balancers.members("LoadBalancers").first, let host = balancer.text("DNSName") else {
            return
        }
        let port = region.loadBalancer.port
        status.balancer = host
        status.url =
            fleet.domain.isEnabled ? "https://\(fleet.domain.host)" : "http://\(host)\(port == 80 ? "" : ":\(port)")"
        guard fleet.domain.isEnabled, let arn = balancer.text("LoadBalancerArn") else { return }
        let listeners = try await client.query(.loadBalancing, "DescribeListeners", [("LoadBalancerArn", arn)])
        let certificate = listeners.members("Listeners").lazy
            .compactMap { $0.members("Certificates").first?.text("CertificateArn") }.first
        guard let certificate else { return }
        let answer: CertificateAnswer = try await client.call(
            .certificates, "DescribeCertificate", CertificateRequest(CertificateArn: certificate))
        status.certificateDays = answer.Certificate.NotAfter.map { (Int($0) - now) / 86400 }
    }

    private struct CertificateRequest: Encodable {
        let CertificateArn: String
    }

    private struct CertificateAnswer: Decodable {
        let Certificate: Certificate
    }

    private struct Certificate: Decodable {
        /// Seconds since 1970; absent while it is not issued.
        let NotAfter: Double?
    }

    private func health(_ service: ServiceDescription, _ status: inout RegionStatus) async throws(Problem) {
        guard let group = service.loadBalancers?.lazy.compactMap(\.targetGroupArn).first else { return }
        let answer = try await client.query(.loadBalancing, "DescribeTargetHealth", [("TargetGroupArn", group)])
        let states = answer.members("TargetHealthDescriptions").compactMap { $0.text("TargetHealth", "State") }
        status.targets = states.filter { $0 != "draining" }.count
        status.healthyTargets = states.filter { $0 == "healthy" }.count
    }
}
