import FleetModel
import Testing

@testable import AWSOperations

@Suite struct AWSClientTests {
    private struct Empty: Codable, Sendable {}

    private func client(_ world: FakeWorld) -> AWSClient {
        let credentials = Credentials(accessKeyID: "AKID", secretAccessKey: Secret("hush"))
        return AWSClient(region: "eu-west-1", credentials: credentials, world.surroundings)
    }

    private func call(
        _ world: FakeWorld,
        _ repetition: AWSClient.Repetition = .harmless
    ) async throws(Problem) {
        let _: Empty = try await client(world).call(.ecs, "DescribeServices", Empty(), repetition: repetition)
    }

    private let throttled = FakeWorld.answer(
        400, #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
    private let broken = FakeWorld.answer(500, #"{"__type":"ServerException","message":"oops"}"#)
    private let good = FakeWorld.answer(200, "{}")

    @Test func `a call is signed for its service and region`() async throws {
        let world = FakeWorld([good])
        try await call(world)
        let request = try #require(world.requests.first)
        #expect(request.url == "https://ecs.eu-west-1.amazonaws.com/")
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["x-amz-target"] == "AmazonEC2ContainerServiceV20141113.DescribeServices")
        #expect(headers["content-type"] == "application/x-amz-json-1.1")
        #expect(headers["host"] == "ecs.eu-west-1.amazonaws.com")
        #expect(
            headers["authorization"]?.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKID/20260921/eu-west-1/ecs/aws4_request, SignedHeaders="
            ) == true
        )
        #expect(!request.headers.contains { $0.value.contains("hush") })
    }

    @Test(arguments: [
        (["AWS_ENDPOINT_URL": "http://127.0.0.1:4566/"], "http://127.0.0.1:4566/", "127.0.0.1:4566"),
        (
            ["AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_ECS": "http://b:1"], "http://b:1/", "b:1"
        ),
        (
            ["AWS_ENDPOINT_URL": "http://a", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"],
            "https://ecs.eu-west-1.amazonaws.com/", "ecs.eu-west-1.amazonaws.com"
        ),
        (["AWS_ENDPOINT_URL": "https://gate:8443/aws/x/"], "https://gate:8443/aws/x/", "gate:8443"),
        (["AWS_ENDPOINT_URL": ""], "https://ecs.eu-west-1.amazonaws.com/", "ecs.eu-west-1.amazonaws.com"),
    ])
    func `the environment says where a service answers`(
        _ variables: [String: String],
        _ url: String,
        _ host: String
    ) async throws {
        let world = FakeWorld([good], variables: variables)
        try await call(world)
        #expect(world.requests.first?.url == url)
        #expect(world.requests.first?.headers.first { $0.name == "host" }?.value == host)
    }

    @Test func `the path of another endpoint is signed`() async throws {
        let world = FakeWorld([good], variables: ["AWS_ENDPOINT_URL": "https://gate/aws"])
        try await call(world)
        let sent = try #require(world.requests.first)
        let own = ["authorization", "host", "x-amz-date"]
        let signer = RequestSigner(
            credentials: Credentials(accessKeyID: "AKID", secretAccessKey: Secret("hush")), region: "eu-west-1",
            service: "ecs"
        )
        let headers = sent.headers.filter { !own.contains($0.name) }.map { ($0.name, $0.value) }
        let request = SignableRequest(method: "POST", host: "gate", path: "/aws/", headers: headers, body: sent.body)
        let signed = signer.signedHeaders(for: request, at: SigningTime(secondsSince1970: 1_790_000_000))
        #expect(sent.headers.map(\.value) == signed.map(\.value))
    }

    @Test func `throttling is waited out, longer each time, also of what may happen once only`() async throws {
        let world = FakeWorld([throttled, throttled, throttled, good])
        try await call(world, .harmful)
        #expect(world.pauses == [.milliseconds(400), .milliseconds(800), .milliseconds(1600)])
    }

    @Test func `patience ends, with AWS's own words`() async {
        let world = FakeWorld(Array(repeating: throttled, count: 9))
        let problem = await #expect(throws: Problem.self) { try await call(world) }
        #expect(world.requests.count == 4)
        #expect(problem?.kind == .unavailable && problem?.place == .region("eu-west-1"))
        #expect(problem?.summary == "AWS refused ecs:DescribeServices")
        #expect(problem?.detail == "ThrottlingException: Rate exceeded")
    }

    @Test func `a server error is tried again where that is harmless, and only there`() async throws {
        let harmless = FakeWorld([broken, good])
        try await call(harmless)
        #expect(harmless.requests.count == 2)
        let harmful = FakeWorld([broken, good])
        await #expect(throws: Problem.self) { try await call(harmful, .harmful) }
        #expect(harmful.requests.count == 1)
    }

    @Test func `an answer that was lost is not asked for again where it may have happened`() async throws {
        let lost = Result<WebResponse, WebFailure>.failure(WebFailure("the connection broke", mayHaveHappened: true))
        let harmful = FakeWorld([lost, good])
        let problem = await #expect(throws: Problem.self) { try await call(harmful, .harmful) }
        #expect(harmful.requests.count == 1)
        #expect(
            problem?.detail == "https://ecs.eu-west-1.amazonaws.com: the connection broke. "
                + "It may have been carried out all the same."
        )
        let harmless = FakeWorld([lost, good])
        try await call(harmless)
        let unsent = Result<WebResponse, WebFailure>.failure(WebFailure("refused", mayHaveHappened: false))
        let never = FakeWorld([unsent, good])
        try await call(never, .harmful)
        #expect(harmless.requests.count == 2 && never.requests.count == 2)
    }

    @Test(arguments: [
        (
            #"{"__type":"com.amazonaws.x#AccessDeniedException","Message":"User is not authorized"}"#,
            "AccessDeniedException: User is not authorized",
            "allow ecs:DescribeServices for whoever that is; to see who: aws sts get-caller-identity"
        ),
        (
            "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>It &lt;ended&gt;</Message></Error></ErrorResponse>",
            "ExpiredToken: It <ended>", "sign in again, such as with: aws sso login"
        ),
        ("<html>", "HTTP 403: no reason given", nil),
    ])
    func `a refusal is told in AWS's words with the next step`(_ body: String, _ detail: String, _ hint: String?) async
    {
        let world = FakeWorld([FakeWorld.answer(403, body)])
        let problem = await #expect(throws: Problem.self) { try await call(world) }
        #expect(problem?.detail == detail)
        #expect(problem?.hint == hint)
        #expect(world.requests.count == 1)
    }

    @Test func `a form is sent and its result read from XML`() async throws {
        let world = FakeWorld([
            FakeWorld.answer(
                200,
                """
                <?xml version="1.0"?><DescribeTargetHealthResponse xmlns="http://x/"><DescribeTargetHealthResult>
                <TargetHealthDescriptions><member><TargetHealth><State>healthy</State></TargetHealth></member>
                <member><TargetHealth><State>draining</State></TargetHealth></member></TargetHealthDescriptions>
                </DescribeTargetHealthResult></DescribeTargetHealthResponse>
                """
            )
        ])
        let result = try await client(world).query(
            .loadBalancing, "DescribeTargetHealth", [("TargetGroupArn", "arn:aws:x/y z")])
        #expect(
            result.members("TargetHealthDescriptions").map { $0.text("TargetHealth", "State") } == [
                "healthy", "draining",
            ])
        #expect(
            String(decoding: world.requests.first?.body ?? [], as: UTF8.self)
                == "Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=arn%3Aaws%3Ax%2Fy%20z"
        )
    }

    @Test(arguments: ["", "<a>", "<a></b>", "text", "<!DOCTYPE x><a/>", "<a><b></a>"])
    func `what is no XML is not read`(_ text: String) {
        #expect(XMLElement(text) == nil)
    }

    @Test func `an answer of another form is a defect, not a crash`() async {
        let world = FakeWorld([FakeWorld.answer(200, "nonsense")])
        let problem = await #expect(throws: Problem.self) {
            let _: Empty = try await client(world).call(.ecs, "DescribeServices", Empty())
        }
        #expect(problem?.kind == .defect)
    }
}
