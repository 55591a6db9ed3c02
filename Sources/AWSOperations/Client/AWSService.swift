/// A service of AWS that slipway calls, and how it is spoken to.
package enum AWSService: Sendable, CaseIterable {
    case ecs
    case loadBalancing
    case autoScaling
    case secretsManager
    case certificates

    /// How requests and answers are written.
    enum Wire {
        /// AWS JSON 1.1: the action in `x-amz-target`, after this prefix.
        case json(target: String)
        /// AWS Query: a form with this version, answered in XML.
        case query(version: String)
    }

    var wire: Wire {
        switch self {
        case .ecs: .json(target: "AmazonEC2ContainerServiceV20141113")
        case .loadBalancing: .query(version: "2015-12-01")
        case .autoScaling: .json(target: "AnyScaleFrontendService")
        case .secretsManager: .json(target: "secretsmanager")
        case .certificates: .json(target: "CertificateManager")
        }
    }

    /// The first label of its host, and its name in signatures and in IAM's actions.
    var name: String {
        switch self {
        case .ecs: "ecs"
        case .loadBalancing: "elasticloadbalancing"
        case .autoScaling: "application-autoscaling"
        case .secretsManager: "secretsmanager"
        case .certificates: "acm"
        }
    }

    /// Its word in `AWS_ENDPOINT_URL_<word>` ("Service-specific endpoints", AWS SDKs and Tools Reference Guide).
    var variable: String {
        switch self {
        case .ecs: "ECS"
        case .loadBalancing: "ELASTIC_LOAD_BALANCING_V2"
        case .autoScaling: "APPLICATION_AUTO_SCALING"
        case .secretsManager: "SECRETS_MANAGER"
        case .certificates: "ACM"
        }
    }

    /// Where it answers in a region: what the environment says, else AWS.
    func endpoint(in region: String, _ variables: [String: String]) -> String {
        let isIgnored = variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
        let names = ["AWS_ENDPOINT_URL_\(variable)", "AWS_ENDPOINT_URL"]
        if !isIgnored, let stated = names.lazy.compactMap({ variables[$0] }).first(where: { !$0.isEmpty }) {
            return stated.hasSuffix("/") ? String(stated.dropLast()) : stated
        }
        return "https://\(name).\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
    }
}
