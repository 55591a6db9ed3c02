/// What ECS tells of a service (Amazon ECS API, DescribeServices) beyond how it is: its events and its groups.
struct ServiceDetail: Decodable {
    let pendingCount: Int?
    let events: [Event]?
    let networkConfiguration: Configuration?
    let loadBalancers: [ServiceDescription.Attachment]?

    struct Event: Decodable {
        let message: String?
    }

    struct Configuration: Decodable {
        let awsvpcConfiguration: Network?
    }

    struct Network: Decodable {
        let securityGroups: [String]?
    }

    struct Answer: Decodable {
        let services: [ServiceDetail]
    }
}
