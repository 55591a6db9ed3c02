import FleetModel
import Testing

@testable import AWSOperations

/// Route 53 and S3, whose method and path say what is asked.
@Suite struct RESTTests {
    private let credentials = Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))

    /// "Signature calculations for the authorization header", Amazon S3 API Reference, the example of GET Object.
    @Test func `an object of S3 is signed as AWS's own example is`() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let headers = RequestSigner(credentials: credentials, region: "us-east-1", service: "s3").signedHeaders(
            for: SignableRequest(
                method: "GET", host: "examplebucket.s3.amazonaws.com", path: "/test.txt",
                headers: [("range", "bytes=0-9"), ("x-amz-content-sha256", empty)], isPathSignedAsSent: true
            ),
            at: SigningTime(secondsSince1970: 1_369_353_600)
        )
        let signature = headers.first { $0.name == "authorization" }?.value.suffix(64)
        #expect(signature == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test func `S3's path is signed as it is sent, and any other is encoded once more`() {
        func path(_ isAsSent: Bool) -> Substring {
            let request = SignableRequest(
                method: "GET", host: "h", path: "/b/a%20b//c", isPathSignedAsSent: isAsSent)
            return CanonicalRequest(request, headers: []).text.split(separator: "\n")[1]
        }
        #expect(path(true) == "/b/a%20b//c")
        #expect(path(false) == "/b/a%2520b/c")
    }

    @Test func `a key with strange letters reaches S3 whole`() async throws {
        let world = FakeWorld([FakeWorld.answer(200, "{\"Who\":\"me\"}")])
        let client = AWSClient(region: "eu-west-1", credentials: credentials, world.surroundings)
        let bytes = try await client.get(
            .objectStore, "GetObject", path: ["my-states", "a b", "", "x.tfstate.tflock"], query: [("versionId", "1+2")]
        )
        #expect(String(decoding: bytes, as: UTF8.self) == "{\"Who\":\"me\"}")
        let request = try #require(world.requests.first)
        #expect(
            request.url == "https://s3.eu-west-1.amazonaws.com/my-states/a%20b//x.tfstate.tflock?versionId=1%2B2")
        #expect(request.method == "GET" && request.body.isEmpty)
        #expect(request.headers.contains { $0.name == "x-amz-content-sha256" && $0.value.hasPrefix("e3b0c442") })
    }

    @Test func `a zone is asked for where all regions have it`() async throws {
        let world = FakeWorld(
            [FakeWorld.answer(200, "<R><HostedZone><Name>example.com.</Name></HostedZone></R>")])
        let client = AWSClient(region: "eu-west-1", credentials: credentials, world.surroundings)
        let answer = try await client.element(.names, "GetHostedZone", path: ["2013-04-01", "hostedzone", "Z1"])
        #expect(answer.text("HostedZone", "Name") == "example.com.")
        #expect(world.requests[0].url == "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1")
        let authorization = world.requests[0].headers.first { $0.name == "authorization" }?.value ?? ""
        #expect(authorization.contains("/us-east-1/route53/aws4_request"))
    }

    @Test(arguments: [
        "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>",
        "<ErrorResponse><Error><Code>NoSuchHostedZone</Code><Message>no</Message></Error></ErrorResponse>",
        "<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>no</Message></Error></Errors></Response>",
    ])
    func `what is not there is known in every form of error`(_ body: String) async {
        let client = AWSClient(
            region: "eu-west-1", credentials: credentials, FakeWorld([FakeWorld.answer(404, body)]).surroundings)
        let problem = await #expect(throws: Problem.self) {
            try await client.get(.objectStore, "GetObject", path: ["b", "k"])
        }
        #expect(problem?.kind == .notFound && problem?.detail?.hasSuffix(": no") == true)
    }
}
