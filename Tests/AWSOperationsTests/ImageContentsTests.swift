import FleetModel
import Testing

@testable import AWSOperations

/// What an image is made for, by its registry's word.
@Suite struct ImageContentsTests {
    private static let index = """
        {"manifests": [{"digest": "sha256:1", "platform": {"architecture": "amd64", "os": "linux"}},
          {"digest": "sha256:2", "platform": {"architecture": "arm64", "os": "linux"}},
          {"digest": "sha256:3", "platform": {"architecture": "unknown", "os": "unknown"}}]}
        """
    private static let manifest = #"{"config": {"digest": "sha256:c"}, "layers": []}"#
    private static let configuration =
        #"{"architecture": "arm64", "config": {"Entrypoint": ["slipway-gateway", "--"], "Cmd": ["x"]}}"#

    private func contents(
        _ image: String,
        _ answers: [Result<WebResponse, WebFailure>]
    ) async throws -> (ImageFinding, FakeWorld) {
        let world = FakeWorld(answers)
        let client = AWSClient(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "a", secretAccessKey: Secret("s")),
            world.surroundings)
        return (await ImageLookup(client).contents(of: try #require(ImageReference(image))), world)
    }

    @Test func `an index says all it is made for`() async throws {
        let (finding, world) = try await contents("ghcr.io/o/i:1", [FakeWorld.answer(200, Self.index)])
        #expect(finding == .found(ImageContents(architectures: ["amd64", "arm64"])))
        #expect(
            world.requests.map(\.url) == ["https://ghcr.io/v2/o/i/manifests/1"] && world.requests[0].method == "GET")
    }

    @Test func `one image says it in its configuration, wherever that lies`() async throws {
        let moved = WebResponse(
            status: 307, headers: [WebRequest.Header("Location", "https://blobs.example/c")], body: [])
        let (finding, world) = try await contents(
            "i",
            [FakeWorld.answer(200, Self.manifest), .success(moved), FakeWorld.answer(200, Self.configuration)])
        #expect(
            finding == .found(ImageContents(architectures: ["arm64"], command: ["slipway-gateway", "--", "x"])))
        #expect(
            world.requests.map(\.url) == [
                "https://registry-1.docker.io/v2/library/i/manifests/latest",
                "https://registry-1.docker.io/v2/library/i/blobs/sha256:c", "https://blobs.example/c",
            ])
        #expect(world.requests[2].headers.isEmpty)
    }

    @Test func `an image of ECR is asked for with the operator's own permission`() async throws {
        let escaped = Self.manifest.replacing("\"", with: "\\\"")
        let (finding, world) = try await contents(
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/i:1",
            [
                FakeWorld.answer(200, #"{"images": [{"imageManifest": "\#(escaped)"}]}"#),
                FakeWorld.answer(200, #"{"downloadUrl": "https://s3.example/c"}"#),
                FakeWorld.answer(200, Self.configuration),
            ])
        #expect(
            finding == .found(ImageContents(architectures: ["arm64"], command: ["slipway-gateway", "--", "x"])))
        #expect(world.requests.map(\.url).last == "https://s3.example/c" && world.requests[2].headers.isEmpty)
        #expect(world.requests[0].url == "https://api.ecr.us-east-1.amazonaws.com/")
    }

    @Test func `what is not there is not what can't be looked at`() async throws {
        let gone = try await contents("ghcr.io/o/i:1", [FakeWorld.answer(404, "{}")]).0
        #expect(gone == .absent("ghcr.io knows no such image"))
        let closed = try await contents("ghcr.io/o/i:1", [FakeWorld.answer(401, "{}")]).0
        #expect(closed == .unknown("ghcr.io gives no token to everybody"))
        let odd = try await contents("ghcr.io/o/i:1", [FakeWorld.answer(200, "<html>")]).0
        #expect(odd == .unknown("ghcr.io's manifest is of another form"))
        let none = try await contents("123456789012.dkr.ecr.us-east-1.amazonaws.com/i", [FakeWorld.answer(200, "{}")]).0
        #expect(none == .absent("ECR lists no such image"))
    }
}
