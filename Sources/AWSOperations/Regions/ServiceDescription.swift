/// What ECS tells of a service (Amazon ECS API, DescribeServices), as far as it is looked at.
struct ServiceDescription: Decodable {
    let serviceArn: String?
    let status: String
    let desiredCount: Int
    let runningCount: Int
    let taskDefinition: String?
    let deployments: [Deployment]?
    let loadBalancers: [Attachment]?
    /// The newest comes first.
    let events: [Event]?

    struct Deployment: Decodable {
        let id: String?
        let status: String
        let rolloutState: String?
        let rolloutStateReason: String?
        let taskDefinition: String?
        let desiredCount: Int?
        let runningCount: Int?
        /// Seconds since 1970.
        let createdAt: Double?
    }

    struct Attachment: Decodable {
        let targetGroupArn: String?
    }

    struct Event: Decodable {
        let id: String
        /// Seconds since 1970.
        let createdAt: Double?
        let message: String
    }

    /// The deployment that the service is at, or is going to.
    var primary: Deployment? { deployments?.first { $0.status == "PRIMARY" } }

    /// One that did not come up. ECS lists it beside the one it went back to, until its last task is gone.
    var failed: Deployment? { deployments?.first { $0.rolloutState == "FAILED" } }

    struct Request: Encodable {
        let cluster: String
        let services: [String]
    }

    struct Answer: Decodable {
        let services: [ServiceDescription]
    }
}
