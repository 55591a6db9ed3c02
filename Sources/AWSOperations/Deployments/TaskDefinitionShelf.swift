import FleetModel

/// The revisions of a region's task definition.
package struct TaskDefinitionShelf: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
    }

    /// One revision, by ARN or `family:revision`, retired ones as well.
    package func definition(_ name: String) async throws(Problem) -> TaskDefinition {
        let answer: DescribeAnswer
        do {
            answer = try await client.call(
                .ecs, "DescribeTaskDefinition", DescribeRequest(taskDefinition: name, include: ["TAGS"]))
        } catch {
            // "ClientException: Unable to describe task definition."
            guard error.detail?.contains("Unable to describe") == true else { throw error }
            throw Problem(
                .notFound, at: .region(client.region), "there is no task definition \(name)", detail: error.detail,
                hint: "list them with: aws ecs list-task-definitions --region \(client.region) --family-prefix "
                    + (name.split(separator: ":").first.map(String.init) ?? name)
            )
        }
        guard let found = TaskDefinition(answer.taskDefinition, tags: answer.tags ?? []) else {
            throw client.strange(.ecs, "DescribeTaskDefinition", detail: "\(name) has no family or no revision.")
        }
        return found
    }

    /// Makes a new revision.
    package func register(_ definition: TaskDefinition) async throws(Problem) -> TaskDefinition {
        let answer: DescribeAnswer = try await client.call(
            .ecs, "RegisterTaskDefinition", definition.registration, repetition: .harmful)
        guard let made = TaskDefinition(answer.taskDefinition, tags: answer.tags ?? []) else {
            throw client.strange(.ecs, "RegisterTaskDefinition", detail: "It does not say which revision it made.")
        }
        return made
    }

    /// The youngest revision below another one that is not retired, else the youngest that is.
    package func previous(to definition: TaskDefinition) async throws(Problem) -> TaskDefinition? {
        for status in ["ACTIVE", "INACTIVE"] {
            let older = try await revisions(of: definition.family, status).filter { $0 < definition.revision }.max()
            if let older { return try await self.definition("\(definition.family):\(older)") }
        }
        return nil
    }

    /// Retires whatever revisions of a family are left, so that none can be started any more; returns how many.
    package func retireAll(of family: String) async throws(Problem) -> Int {
        let left = try await revisions(of: family, "ACTIVE")
        for revision in left {
            try await client.tell(
                .ecs, "DeregisterTaskDefinition", Retirement(taskDefinition: "\(family):\(revision)"),
                repetition: .harmless)
        }
        return left.count
    }

    /// Of the youngest thousand.
    private func revisions(of family: String, _ status: String) async throws(Problem) -> [Int] {
        var found: [Int] = []
        var token: String?
        repeat {
            let page: ListAnswer = try await client.call(
                .ecs, "ListTaskDefinitions", ListRequest(familyPrefix: family, status: status, nextToken: token))
            found += page.taskDefinitionArns.compactMap { arn in
                let parts = arn.split(separator: "/").last?.split(separator: ":") ?? []
                return parts.count == 2 && parts[0] == family ? Int(parts[1]) : nil
            }
            token = page.nextToken
        } while token != nil && found.count < 1000
        return found
    }

    private struct DescribeRequest: Encodable {
        let taskDefinition: String
        let include: [String]
    }

    private struct DescribeAnswer: Decodable {
        let taskDefinition: JSONValue
        let tags: [JSONValue]?
    }

    private struct Retirement: Encodable {
        let taskDefinition: String
    }

    private struct ListRequest: Encodable {
        let familyPrefix: String
        let status: String
        let sort = "DESC"
        let nextToken: String?
    }

    private struct ListAnswer: Decodable {
        let taskDefinitionArns: [String]
        let nextToken: String?
    }
}
