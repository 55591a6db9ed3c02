import FleetModel

/// Reads what an account has and allows, before anything is made in it. Changes nothing.
package struct AccountReader: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
    }

    package func identity() async throws(Problem) -> CallerIdentity {
        let answer = try await client.query(.identity, "GetCallerIdentity", [])
        return CallerIdentity(account: answer.text("Account") ?? "", arn: answer.text("Arn") ?? "")
    }

    /// The actions that a principal's policies don't allow for every resource, each with IAM's decision
    /// (`implicitDeny`, `explicitDeny`).
    package func refused(_ actions: [String], of principal: String) async throws(Problem) -> [String: String] {
        let names = actions.enumerated().map { (name: "ActionNames.member.\($0.offset + 1)", value: $0.element) }
        let answer = try await client.query(
            .permissions, "SimulatePrincipalPolicy",
            [("PolicySourceArn", principal), ("MaxItems", "1000")] + names)
        var decisions: [String: String] = [:]
        for result in answer.members("EvaluationResults") {
            guard let name = result.text("EvalActionName"), let decision = result.text("EvalDecision"),
                decision != "allowed"
            else { continue }
            decisions[name] = decision
        }
        return decisions
    }

    /// The names of the region's zones that this account has.
    package func zones() async throws(Problem) -> [String] {
        let answer = try await client.query(.network, "DescribeAvailabilityZones", [])
        return answer.items("availabilityZoneInfo").compactMap { $0.text("zoneName") }
    }

    private struct QuotaRequest: Encodable {
        let ServiceCode: String
        let QuotaCode: String
    }

    private struct QuotaAnswer: Decodable {
        let Quota: Value

        struct Value: Decodable {
            let Value: Double
        }
    }

    /// How much of something the account may have; AWS's own number where nobody asked for more.
    package func limit(_ quota: ServiceQuota) async throws(Problem) -> Int {
        let request = QuotaRequest(ServiceCode: quota.service, QuotaCode: quota.code)
        do {
            let answer: QuotaAnswer = try await client.call(.quotas, "GetServiceQuota", request)
            return Int(answer.Quota.Value)
        } catch  where error.kind == .notFound {
            let answer: QuotaAnswer = try await client.call(.quotas, "GetAWSDefaultServiceQuota", request)
            return Int(answer.Quota.Value)
        }
    }

    /// How many VPCs the region has.
    package func networkCount() async throws(Problem) -> Int {
        try await client.query(.network, "DescribeVpcs", []).items("vpcSet").count
    }

    /// The names of the region's application load balancers; the first 400 of them.
    package func balancerNames() async throws(Problem) -> [String] {
        let answer = try await client.query(.loadBalancing, "DescribeLoadBalancers", [("PageSize", "400")])
        return answer.members("LoadBalancers").filter { ($0.text("Type") ?? "application") == "application" }
            .compactMap { $0.text("LoadBalancerName") }
    }

    /// The zone of an id, or every zone of a name.
    package func zones(of domain: Domain) async throws(Problem) -> [HostedZone] {
        if let id = domain.hostedZoneID {
            do {
                let answer = try await client.element(
                    .names, "GetHostedZone", path: ["2013-04-01", "hostedzone", id])
                return answer["HostedZone"].map { [HostedZone($0)] } ?? []
            } catch  where error.kind == .notFound {
                return []
            }
        }
        let answer = try await client.element(
            .names, "ListHostedZonesByName", path: ["2013-04-01", "hostedzonesbyname"],
            query: [("dnsname", domain.name), ("maxitems", "10")])
        let zones = answer["HostedZones"]?.children.map(HostedZone.init) ?? []
        return zones.filter { $0.name == domain.name }
    }

    private struct CertificateList: Decodable {
        let CertificateSummaryList: [Summary]

        struct Summary: Decodable {
            let CertificateArn: String
            let DomainName: String?
        }
    }

    private struct ListRequest: Encodable {
        let MaxItems = 1000
    }

    private struct CertificateRequest: Encodable {
        let CertificateArn: String
    }

    private struct CertificateAnswer: Decodable {
        let Certificate: Detail

        struct Detail: Decodable {
            let Status: String?
            /// Seconds since 1970.
            let NotAfter: Double?
        }
    }

    /// The certificates for a name, at most ten. `now` is in seconds since 1970.
    package func certificates(for host: String, now: Int) async throws(Problem) -> [CertificateFact] {
        let list: CertificateList = try await client.call(.certificates, "ListCertificates", ListRequest())
        var facts: [CertificateFact] = []
        for summary in list.CertificateSummaryList.filter({ $0.DomainName == host }).prefix(10) {
            let answer: CertificateAnswer = try await client.call(
                .certificates, "DescribeCertificate", CertificateRequest(CertificateArn: summary.CertificateArn))
            let detail = answer.Certificate
            facts.append(
                CertificateFact(
                    arn: summary.CertificateArn, status: detail.Status ?? "unknown",
                    daysLeft: detail.NotAfter.map { (Int($0) - now) / 86400 })
            )
        }
        return facts
    }
}
