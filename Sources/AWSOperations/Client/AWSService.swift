/// A service of AWS that slipway calls, and how it is spoken to. A service more is one value more.
package struct AWSService: Sendable, Equatable {
    /// Its name in signatures and in IAM's actions.
    let name: String
    /// The first labels of its host, before the region.
    let host: String
    /// Its word in `AWS_ENDPOINT_URL_<word>` ("Service-specific endpoints", AWS SDKs and Tools Reference Guide).
    let variable: String
    let wire: Wire
    /// Whether all regions have one and the same of it, which signs for us-east-1.
    let isGlobal: Bool

    /// How requests and answers are written.
    enum Wire: Equatable {
        /// AWS JSON: the action in `x-amz-target`, after this prefix.
        case json(target: String, version: String = "1.1")
        /// AWS Query: a form with this version, answered in XML.
        case query(version: String)
        /// The same, with its lists called `item` and its answer at the root (Amazon EC2 API, "Query requests").
        case ec2(version: String)
        /// The method and the path say what is asked; the answer is XML, or what an object holds.
        case rest
    }

    init(_ name: String, host: String? = nil, variable: String, _ wire: Wire, isGlobal: Bool = false) {
        self.name = name
        self.host = host ?? name
        self.variable = variable
        self.wire = wire
        self.isGlobal = isGlobal
    }

    package static let ecs = AWSService(
        "ecs", variable: "ECS", .json(target: "AmazonEC2ContainerServiceV20141113"))
    package static let loadBalancing = AWSService(
        "elasticloadbalancing", variable: "ELASTIC_LOAD_BALANCING_V2", .query(version: "2015-12-01"))
    package static let autoScaling = AWSService(
        "application-autoscaling", variable: "APPLICATION_AUTO_SCALING", .json(target: "AnyScaleFrontendService"))
    package static let secretsManager = AWSService(
        "secretsmanager", variable: "SECRETS_MANAGER", .json(target: "secretsmanager"))
    package static let certificates = AWSService("acm", variable: "ACM", .json(target: "CertificateManager"))
    package static let stepFunctions = AWSService(
        "states", variable: "SFN", .json(target: "AWSStepFunctions", version: "1.0"))
    package static let cloudFormation = AWSService(
        "cloudformation", variable: "CLOUDFORMATION", .query(version: "2010-05-15"))
    package static let imageRegistry = AWSService(
        "ecr", host: "api.ecr", variable: "ECR", .json(target: "AmazonEC2ContainerRegistry_V20150921"))

    /// Where it answers in a region: what the environment says, else AWS.
    func endpoint(in region: String, _ variables: [String: String]) -> String {
        let isIgnored = variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
        let names = ["AWS_ENDPOINT_URL_\(variable)", "AWS_ENDPOINT_URL"]
        if !isIgnored, let stated = names.lazy.compactMap({ variables[$0] }).first(where: { !$0.isEmpty }) {
            return stated.hasSuffix("/") ? String(stated.dropLast()) : stated
        }
        guard !isGlobal else { return "https://\(host).amazonaws.com" }
        return "https://\(host).\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
    }
}
