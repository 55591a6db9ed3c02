import FleetModel
import Foundation

/// Signed calls to the services of one region, with AWS's patience and AWS's own words when it says no.
package struct AWSClient: Sendable {
    package let region: String
    let surroundings: AWSSurroundings
    let credentials: Credentials

    package init(region: String, credentials: Credentials, _ surroundings: AWSSurroundings) {
        self.region = region
        self.credentials = credentials
        self.surroundings = surroundings
    }

    /// Who signs, found once for all regions.
    package static func credentials(_ surroundings: AWSSurroundings) async throws(Problem) -> Credentials {
        try await CredentialChain(surroundings).find()
    }

    /// Whether a call may be made again when nobody knows whether it was carried out.
    package enum Repetition: Sendable {
        /// It reads, or leads to the same however often it is made.
        case harmless
        case harmful
    }

    /// A call of a service that speaks AWS JSON.
    package func call<Answer: Decodable>(
        _ service: AWSService,
        _ action: String,
        _ input: some Encodable,
        repetition: Repetition = .harmless
    ) async throws(Problem) -> Answer {
        let bytes = try await encodedCall(service, action, input, repetition)
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw strange(service, action, detail: error.place)
        } catch {
            throw strange(service, action)
        }
    }

    /// The same where nothing of the answer is looked at.
    package func tell(
        _ service: AWSService,
        _ action: String,
        _ input: some Encodable,
        repetition: Repetition
    ) async throws(Problem) {
        _ = try await encodedCall(service, action, input, repetition)
    }

    /// A call of a service that speaks AWS Query: the `<Action>Result` of its answer.
    package func query(
        _ service: AWSService,
        _ action: String,
        _ parameters: [(name: String, value: String)]
    ) async throws(Problem) -> XMLElement {
        let version: String
        switch service.wire {
        case .query(let ofQuery): version = ofQuery
        case .ec2(let ofEC2): version = ofEC2
        case .json, .rest: throw strange(service, action)
        }
        let form = [("Action", action), ("Version", version)] + parameters.map { ($0.name, $0.value) }
        let body = form.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        let bytes = try await send(
            Call(
                service: service, action: action, body: Array(body.utf8),
                headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")], repetition: .harmless
            )
        )
        guard let answer = XMLElement(String(decoding: bytes, as: UTF8.self)) else { throw strange(service, action) }
        if case .ec2 = service.wire { return answer }
        guard let result = answer["\(action)Result"] else { throw strange(service, action) }
        return result
    }

    private func encodedCall(
        _ service: AWSService,
        _ action: String,
        _ input: some Encodable,
        _ repetition: Repetition
    ) async throws(Problem) -> [UInt8] {
        guard case .json(let target, let version) = service.wire else { throw strange(service, action) }
        let body: [UInt8]
        do {
            body = Array(try JSONEncoder().encode(input))
        } catch {
            throw strange(service, action)
        }
        return try await send(
            Call(
                service: service, action: action, body: body,
                headers: [
                    ("content-type", "application/x-amz-json-\(version)"), ("x-amz-target", "\(target).\(action)"),
                ],
                repetition: repetition
            )
        )
    }

    struct Call {
        let service: AWSService
        let action: String
        var method = "POST"
        /// As it goes on the wire.
        var path = "/"
        var query: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var headers: [(name: String, value: String)] = []
        let repetition: Repetition
    }

    /// Attempts in all, the first one counted.
    private static let attempts = 4

    func send(_ call: Call) async throws(Problem) -> [UInt8] {
        var attempt = 1
        while true {
            let outcome = await surroundings.web.send(request(for: call))
            switch judged(outcome, call) {
            case .success(let body): return body
            case .failure(let failure):
                guard attempt < Self.attempts, failure.isWorthAnother(call.repetition) else {
                    throw problem(failure, call)
                }
            }
            // "Exponential backoff and jitter", AWS Architecture Blog: anywhere up to 0.4, 0.8 and 1.6 s.
            try await pause(surroundings.jitter(.milliseconds(200 << attempt)))
            attempt += 1
        }
    }

    private func request(for call: Call) -> WebRequest {
        let endpoint = call.service.endpoint(in: region, surroundings.variables)
        let address = endpoint.firstRange(of: "://").map { endpoint[$0.upperBound...] } ?? endpoint[...]
        let host = String(address.prefix { $0 != "/" })
        let path = "\(address.dropFirst(host.count))\(call.path)"
        let signable = SignableRequest(
            method: call.method, host: host, path: path, query: call.query, headers: call.headers, body: call.body,
            isPathSignedAsSent: call.service == .objectStore
        )
        let signer = RequestSigner(
            credentials: credentials, region: call.service.isGlobal ? "us-east-1" : region, service: call.service.name)
        let headers = signer.signedHeaders(for: signable, at: SigningTime(secondsSince1970: surroundings.now()))
        return WebRequest(
            method: call.method, url: "\(endpoint)\(call.path)\(call.queryText)",
            headers: headers.map { WebRequest.Header($0.name, $0.value) },
            body: call.body, limit: 8 << 20, timeout: .seconds(30),
            // Whoever names another endpoint, such as an emulator's, has chosen how it is spoken to.
            allowsPlainHTTP: true
        )
    }

    private enum Failure: Error {
        case refused(AWSRefusal)
        case unreachable(WebFailure)

        func isWorthAnother(_ repetition: Repetition) -> Bool {
            switch self {
            case .refused(let refusal):
                refusal.isThrottling || refusal.isServerError && repetition == .harmless
            case .unreachable(let failure): !failure.mayHaveHappened || repetition == .harmless
            }
        }
    }

    private func judged(_ outcome: Result<WebResponse, WebFailure>, _ call: Call) -> Result<[UInt8], Failure> {
        switch outcome {
        case .failure(let failure): .failure(.unreachable(failure))
        case .success(let response) where (200..<300).contains(response.status): .success(response.body)
        case .success(let response):
            .failure(.refused(AWSRefusal(service: call.service, action: call.action, response)))
        }
    }

    private func problem(_ failure: Failure, _ call: Call) -> Problem {
        switch failure {
        case .refused(let refusal): refusal.problem(in: region)
        case .unreachable(let failure):
            Problem(
                .unavailable,
                at: .region(region),
                "\(call.service.name):\(call.action) was not answered",
                detail: "\(call.service.endpoint(in: region, surroundings.variables)): \(failure.words)."
                    + (failure.mayHaveHappened && call.repetition == .harmful
                        ? " It may have been carried out all the same." : ""),
                hint: "see whether this machine reaches AWS, and what AWS_ENDPOINT_URL says"
            )
        }
    }

    func strange(_ service: AWSService, _ action: String, detail: String? = nil) -> Problem {
        Problem(
            .defect, at: .region(region), "the answer to \(service.name):\(action) is not of the form AWS describes",
            detail: detail,
            hint: "where AWS_ENDPOINT_URL is set, ask whoever answers there; else report this as a fault in slipway"
        )
    }
}
