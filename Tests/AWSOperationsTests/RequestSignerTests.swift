import FleetModel
import Foundation
import Testing

@testable import AWSOperations

/// The cases named `aws` and `iam` are AWS's own (its Signature Version 4 test suite, and the ListUsers example of
/// the IAM User Guide); botocore 1.43.11 gave the same signatures for them, and the signatures of all the others.
@Suite struct RequestSignerTests {
    struct Signed: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let method: String
        let host: String
        let path: String
        let query: [[String]]
        let headers: [[String]]
        let body: String
        let region: String
        let service: String
        let sessionToken: String?
        let seconds: Int
        let timestamp: String
        let authorization: String

        var testDescription: String { name }

        var request: SignableRequest {
            SignableRequest(
                method: method,
                host: host,
                path: path,
                query: query.map { (name: $0[0], value: $0[1]) },
                headers: headers.map { (name: $0[0], value: $0[1]) },
                body: Array(body.utf8)
            )
        }
    }

    private static let recorded: [Signed] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/signatures.json")
        do {
            return try JSONDecoder().decode([Signed].self, from: Data(contentsOf: file))
        } catch {
            return []
        }
    }()

    @Test func `every recorded request is there`() {
        #expect(Self.recorded.count == 14)
    }

    @Test(arguments: recorded)
    func `a signature is the one AWS expects`(_ signed: Signed) {
        let signer = signer(region: signed.region, service: signed.service, token: signed.sessionToken)
        let time = SigningTime(secondsSince1970: signed.seconds)
        let headers = signer.signedHeaders(for: signed.request, at: time)
        #expect(headers.first { $0.name == "x-amz-date" }?.value == signed.timestamp)
        #expect(headers.first { $0.name == "authorization" }?.value == signed.authorization)
        #expect(headers.first { $0.name == "x-amz-security-token" }?.value == signed.sessionToken)
    }

    @Test func `AWS's published signatures are among them`() {
        let published = [
            "aws get-vanilla": "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            "aws get-vanilla-query-order-key-case": "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            "iam list users": "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        ]
        for (name, signature) in published {
            #expect(Self.recorded.first { $0.name == name }?.authorization.hasSuffix("Signature=\(signature)") == true)
        }
    }

    @Test func `another body, secret or second gives another signature`() throws {
        let request = SignableRequest(method: "POST", host: "ecs.amazonaws.com", body: Array("{}".utf8))
        let changed = SignableRequest(method: "POST", host: "ecs.amazonaws.com", body: Array("{ }".utf8))
        let time = SigningTime(secondsSince1970: 1_440_938_160)
        let first = signer().signedHeaders(for: request, at: time).last?.value
        #expect(first != signer().signedHeaders(for: changed, at: time).last?.value)
        #expect(first != signer(secret: "other").signedHeaders(for: request, at: time).last?.value)
        let later = SigningTime(secondsSince1970: 1_440_938_161)
        #expect(first != signer().signedHeaders(for: request, at: later).last?.value)
    }

    @Test func `credentials print without their secrets`() {
        let credentials = Credentials(
            accessKeyID: "AKID", secretAccessKey: Secret("hunter2"), sessionToken: Secret("tok"))
        #expect(!"\(credentials)".contains("hunter2") && !"\(credentials)".contains("tok\""))
    }

    private func signer(
        region: String = "us-east-1",
        service: String = "ecs",
        secret: String = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        token: String? = nil
    ) -> RequestSigner {
        let credentials = Credentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Secret(secret),
            sessionToken: token.map { Secret($0) }
        )
        return RequestSigner(credentials: credentials, region: region, service: service)
    }
}
