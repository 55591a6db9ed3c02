import FleetModel

/// The secrets of one region: where they are, which keys have values, and new values for them.
package struct SecretShelf: Sendable {
    private let client: AWSClient
    private let names: ResourceNames

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        names = ResourceNames(fleet, region)
    }

    /// Which of the two secrets of a region.
    package enum Kind: Sendable {
        /// The JSON object with the server's own values.
        case server
        /// The key that seals session ids.
        case fleetKey
    }

    /// The secret's ARN; a problem where there is none, or more than one.
    package func find(_ kind: Kind) async throws(Problem) -> String {
        let prefix = kind == .server ? names.serverSecretPrefix : names.fleetKeyPrefix
        var found: [Entry] = []
        var token: String?
        repeat {
            let page: ListAnswer = try await client.call(
                .secretsManager, "ListSecrets",
                ListRequest(Filters: [Filter(Key: "name", Values: [prefix])], NextToken: token)
            )
            found += page.SecretList.filter { $0.Name.hasPrefix(prefix) && $0.DeletedDate == nil }
            token = page.NextToken
        } while token != nil && found.count < 100
        guard let entry = found.first else {
            throw Problem(
                .notFound, at: .region(client.region), "there is no secret whose name begins with \(prefix)",
                detail: "Terraform makes it when the region is applied.", hint: "apply the region first"
            )
        }
        guard found.count == 1 else {
            throw Problem(
                .conflict, at: .region(client.region), "several secrets begin with \(prefix)",
                detail: found.map(\.Name).joined(separator: "\n"),
                hint: "remove those that no task definition names: aws secretsmanager delete-secret"
            )
        }
        return entry.ARN
    }

    /// What the secret holds now.
    package func value(of secret: String) async throws(Problem) -> HeldSecret {
        do {
            let answer: ValueAnswer = try await client.call(
                .secretsManager, "GetSecretValue", ValueRequest(SecretId: secret))
            if let text = answer.SecretString { return .text(Secret(text)) }
            return answer.SecretBinary == nil ? .nothing : .bytes
        } catch  where error.kind == .notFound {
            return .nothing
        }
    }

    /// Puts a value in. The token makes a repetition harmless: AWS keeps one version for it.
    package func put(_ value: Secret, into secret: String, token: String) async throws(Problem) {
        try await client.tell(
            .secretsManager, "PutSecretValue",
            PutRequest(SecretId: secret, SecretString: value.reveal(), ClientRequestToken: token),
            repetition: .harmless
        )
    }

    private struct Filter: Encodable {
        let Key: String
        let Values: [String]
    }

    private struct ListRequest: Encodable {
        let Filters: [Filter]
        let NextToken: String?
    }

    private struct ListAnswer: Decodable {
        let SecretList: [Entry]
        let NextToken: String?
    }

    private struct Entry: Decodable {
        let ARN: String
        let Name: String
        let DeletedDate: Double?
    }

    private struct ValueRequest: Encodable {
        let SecretId: String
    }

    private struct ValueAnswer: Decodable {
        /// Absent where the value is binary.
        let SecretString: String?
        /// In base64; only whether it is there counts.
        let SecretBinary: String?
    }

    private struct PutRequest: Encodable {
        let SecretId: String
        let SecretString: String
        let ClientRequestToken: String
    }
}
