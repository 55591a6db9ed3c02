/// A task (Amazon ECS API, DescribeTasks), as far as it is looked at.
struct TaskDetail: Decodable {
    let taskArn: String
    let lastStatus: String?
    let stopCode: String?
    let stoppedReason: String?
    /// Seconds since 1970.
    let stoppedAt: Double?
    let enableExecuteCommand: Bool?
    let containers: [Container]?

    struct Container: Decodable {
        let name: String?
        let exitCode: Int?
        let reason: String?
    }

    var id: String { taskArn.split(separator: "/").last.map(String.init) ?? taskArn }

    struct ListRequest: Encodable {
        let cluster: String
        let serviceName: String
        let desiredStatus: String
        let maxResults = 100
    }

    struct ListAnswer: Decodable {
        let taskArns: [String]
    }

    struct Request: Encodable {
        let cluster: String
        let tasks: [String]
    }

    struct Answer: Decodable {
        let tasks: [TaskDetail]
    }
}
