/// A quota of AWS that a region of the fleet may meet (Service Quotas, the codes of its console).
package enum ServiceQuota: Sendable, CaseIterable {
    case networks
    case balancers
    case processors

    var service: String {
        switch self {
        case .networks: "vpc"
        case .balancers: "elasticloadbalancing"
        case .processors: "fargate"
        }
    }

    var code: String {
        switch self {
        case .networks: "L-F678F1CE"
        case .balancers: "L-53DA6B97"
        case .processors: "L-3032A538"
        }
    }

    package var words: String {
        switch self {
        case .networks: "VPCs of a region"
        case .balancers: "application load balancers of a region"
        case .processors: "vCPUs of Fargate at once"
        }
    }

    /// Where a larger one is asked for.
    package func request(in region: String) -> String {
        "aws service-quotas request-service-quota-increase --service-code \(service) --quota-code \(code) "
            + "--region \(region) --desired-value"
    }
}
