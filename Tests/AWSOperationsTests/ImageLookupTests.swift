import FleetModel
import Testing

@testable import AWSOperations

@Suite struct ImageLookupTests {
    private static let digest = "sha256:" + String(repeating: "5e", count: 32)

    @Test(
        arguments: [
            ("nginx", "docker.io", "library/nginx", nil), ("my-org/my-mcp:1.0", "docker.io", "my-org/my-mcp", "1.0"),
            ("ghcr.io/my-org/my-mcp:1.0", "ghcr.io", "my-org/my-mcp", "1.0"),
            ("localhost:5000/a/b/c", "localhost:5000", "a/b/c", nil), ("localhost/a:x_Y.1", "localhost", "a", "x_Y.1"),
        ] as [(String, String, String, String?)])
    func `an image's name is read as container runtimes read it`(
        _ text: String,
        _ registry: String,
        _ repository: String,
        _ tag: String?
    ) throws {
        let image = try #require(ImageReference(text))
        #expect(image.registry == registry && image.repository == repository && image.tag == tag)
        let name = tag.map { String(text.dropLast($0.count + 1)) } ?? text
        #expect(image.pinned(to: "sha256:x") == "\(name)@sha256:x")
        #expect(ImageReference("\(text)@\(Self.digest)")?.digest == Self.digest)
    }

    @Test(arguments: [
        "", "a b", "UPPER/case", "x:", "x@sha256:5", "x@y@z", "/x", "x/", "ghcr.io//x",
        "x:\(String(repeating: "1", count: 129))",
        "evil\u{d}\u{a}.io/x", "user:pass@host/x",
    ])
    func `what is no image's name is refused`(_ text: String) {
        #expect(ImageReference(text) == nil)
    }

    @Test(
        arguments: [
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1"),
            ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
            ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1"), ("public.ecr.aws", nil),
            ("ghcr.io", nil), ("1234.dkr.ecr.eu-west-1.amazonaws.com", nil),
        ] as [(String, String?)])
    func `a registry of AWS is known by its host`(_ host: String, _ region: String?) {
        #expect(ElasticRegistry(host)?.region == region)
    }

    private func pin(
        _ image: String, _ answers: [Result<WebResponse, WebFailure>]
    ) async throws(Problem)
        -> (ImagePin, FakeWorld)
    {
        let world = FakeWorld(answers)
        let client = AWSClient(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: Secret("b")),
            world.surroundings)
        guard let reference = ImageReference(image) else { return (ImagePin(image: "", doubt: "no reference"), world) }
        return (try await ImageLookup(client).pin(reference, written: image), world)
    }

    private func head(_ status: Int, _ headers: [(String, String)] = []) -> Result<WebResponse, WebFailure> {
        .success(
            WebResponse(status: status, headers: headers.map { WebRequest.Header($0.0, $0.1) }, body: []))
    }

    private func challenge(_ realm: String) -> Result<WebResponse, WebFailure> {
        head(401, [("WWW-Authenticate", #"Bearer realm="\#(realm)",service="ghcr.io",scope="repository:x:pull""#)])
    }

    @Test func `a public registry is asked with the token that everybody gets`() async throws {
        let (pin, world) = try await pin(
            "ghcr.io/my-org/my-mcp:1.0",
            [
                challenge("https://ghcr.io/token"), FakeWorld.answer(200, #"{"token": "t0ken"}"#),
                head(200, [("Docker-Content-Digest", Self.digest)]),
            ])
        #expect(pin == ImagePin(image: "ghcr.io/my-org/my-mcp@\(Self.digest)", doubt: nil))
        #expect(
            world.requests.map { "\($0.method) \($0.url)" } == [
                "HEAD https://ghcr.io/v2/my-org/my-mcp/manifests/1.0",
                "GET https://ghcr.io/token?scope=repository%3Amy-org%2Fmy-mcp%3Apull&service=ghcr.io",
                "HEAD https://ghcr.io/v2/my-org/my-mcp/manifests/1.0",
            ])
        #expect(world.requests.last?.headers.contains(WebRequest.Header("authorization", "Bearer t0ken")) == true)
        #expect(world.requests.allSatisfy { !$0.allowsPlainHTTP })
    }

    @Test func `Docker's own names go to its registry`() async throws {
        let (pin, world) = try await pin("nginx", [head(200, [("docker-content-digest", Self.digest)])])
        #expect(pin.image == "nginx@\(Self.digest)")
        #expect(world.requests[0].url == "https://registry-1.docker.io/v2/library/nginx/manifests/latest")
    }

    @Test func `what is pinned already is asked of nobody`() async throws {
        let (pin, world) = try await pin("ghcr.io/a/b@\(Self.digest)", [])
        #expect(pin == ImagePin(image: "ghcr.io/a/b@\(Self.digest)", doubt: nil) && world.requests.isEmpty)
    }

    @Test func `a registry that does not tell leaves the tag, with the reason`() async throws {
        let cases: [([Result<WebResponse, WebFailure>], String)] = [
            ([.failure(WebFailure("nobody listens", mayHaveHappened: false))], "ghcr.io: nobody listens"),
            ([challenge("https://ghcr.io/token"), FakeWorld.answer(403, "")], "ghcr.io gives no token to everybody"),
            ([challenge("http://evil/token")], "ghcr.io gives no token to everybody"),
            ([head(401, [("www-authenticate", "Basic")])], "ghcr.io gives no token to everybody"),
            ([head(200)], "ghcr.io did not tell its digest"),
            ([head(200, [("docker-content-digest", "sha256:short")])], "ghcr.io did not tell its digest"),
            ([head(429)], "ghcr.io answered 429"),
        ]
        for (answers, words) in cases {
            let (pin, _) = try await pin("ghcr.io/a/b:1", answers)
            #expect(
                pin
                    == ImagePin(
                        image: "ghcr.io/a/b:1", doubt: "ghcr.io/a/b:1 is not pinned to what it is now: \(words)"))
        }
    }

    @Test func `an image that is not there is refused before anything is changed`() async {
        let problem = await #expect(throws: Problem.self) { _ = try await pin("ghcr.io/a/b:1", [head(404)]) }
        #expect(problem?.summary == "there is no image ghcr.io/a/b:1")
        #expect(problem?.detail == "ghcr.io knows no such image. Nothing was changed.")
    }

    @Test func `ECR is asked in the region and account of its registry`() async throws {
        let image = "123456789012.dkr.ecr.us-west-2.amazonaws.com/my-mcp"
        let (pin, world) = try await pin(
            "\(image):1", [FakeWorld.answer(200, #"{"imageDetails": [{"imageDigest": "\#(Self.digest)"}]}"#)])
        #expect(pin.image == "\(image)@\(Self.digest)")
        #expect(world.requests[0].url == "https://api.ecr.us-west-2.amazonaws.com/")
        let sent = String(decoding: world.requests[0].body, as: UTF8.self)
        #expect(sent.contains(#""registryId":"123456789012""#) && sent.contains(#""repositoryName":"my-mcp""#))
    }

    @Test func `ECR's no is a doubt, and its ignorance a refusal`() async throws {
        let image = "123456789012.dkr.ecr.us-west-2.amazonaws.com/my-mcp:1"
        let denied = FakeWorld.answer(400, #"{"__type":"AccessDeniedException","message":"no"}"#)
        let doubt = try await pin(image, [denied]).0.doubt
        #expect(doubt?.hasSuffix("AWS refused ecr:DescribeImages, AccessDeniedException: no") == true)
        let absent = FakeWorld.answer(400, #"{"__type":"ImageNotFoundException","message":"not here"}"#)
        let problem = await #expect(throws: Problem.self) { _ = try await pin(image, [absent]) }
        #expect(problem?.kind == .notFound)
    }
}
