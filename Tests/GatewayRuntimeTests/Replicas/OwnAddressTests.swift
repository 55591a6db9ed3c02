import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(3))) struct `A container's own address` {
    /// What the endpoint says of a container on Fargate, shortened.
    private static let container = """
        {"DockerId":"cd189a93-3849-4000","Name":"gateway","DockerName":"gateway","Labels":{"a":"b"},
         "Limits":{"CPU":2},"Ports":[{"ContainerPort":8001,"Protocol":"tcp"}],
         "Networks":[{"NetworkMode":"awsvpc","IPv4Addresses":[ "10.0.3.17" ],"AttachmentIndex":0,
         "SubnetGatewayIpv4Address":"10.0.3.1/24"}],"Snapshotter":"overlayfs"}
        """
    private static let early = #"{"DockerId":"cd189a93-3849-4000","Name":"gateway"}"#

    @Test func `is the first of its first network, or of its task's`() {
        #expect(OwnAddress.address(in: ByteBuffer(string: Self.container)) == "10.0.3.17")
        let task = #"{"Cluster":"c","Containers":[\#(Self.container)]}"#
        #expect(OwnAddress.address(in: ByteBuffer(string: task)) == "10.0.3.17")
        for none in [
            Self.early, "", "[]", "null", #"{"Networks":[]}"#, #"{"Networks":[{"IPv4Addresses":[]}]}"#,
            #"{"Networks":[{"IPv4Addresses":["10.0.0.1:1 x"]}]}"#, #"{"Networks":{"IPv4Addresses":["1.2.3.4"]}}"#,
        ] { #expect(OwnAddress.address(in: ByteBuffer(string: none)) == nil, "\(none)") }
    }

    @Test func `is asked for again until the network is described`() async throws {
        let found = try await asking([("/v4/x", Self.early), ("/v4/x/task", Self.early), ("/v4/x", Self.container)])
        #expect(try found.get() == "10.0.3.17")
    }

    @Test func `is not guessed: the error says what was said`() async throws {
        let found = try await asking(Array(repeating: ("", Self.early), count: OwnAddress.attempts))
        let error = #expect(throws: OwnAddress.Unknown.self) { try found.get() }
        #expect(error?.description.contains("cd189a93") == true)
        #expect(error?.description.contains("/v4/x") == true)
    }

    /// Asks a server that gives these answers, one after another, to requests of these paths.
    private func asking(_ answers: [(path: String, text: String)]) async throws -> Result<String, any Error> {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let server = try await loop.submit {
            let endpoint = MetadataEndpoint(answers)
            let server = HTTPServer(eventLoop: loop, limits: HTTPServerLimits(), application: endpoint)
            return NIOLoopBound(server, eventLoop: loop)
        }.get()
        let port = try await loop.flatSubmit { server.value.bind(host: "127.0.0.1", port: 0) }.get().port ?? 0
        let source = try #require(OwnAddress(metadata: "http://127.0.0.1:\(port)/v4/x"))
        var found: Result<String, any Error>
        do {
            found = .success(
                try await loop.flatSubmit {
                    source.find(over: HTTPConnectionPool(eventLoop: loop, connectTimeout: .seconds(1)), on: loop)
                }.get()
            )
        } catch {
            found = .failure(error)
        }
        try await group.shutdownGracefully()
        return found
    }
}

private final class MetadataEndpoint: HTTPApplication {
    private var answers: [(path: String, text: String)]

    init(_ answers: [(path: String, text: String)]) { self.answers = answers }

    func begin(_ exchange: HTTPExchange) {
        let next = answers.isEmpty ? ("", "") : answers.removeFirst()
        guard next.0.isEmpty || next.0 == exchange.head.uri else { return exchange.respond(.notFound) }
        exchange.respond(.ok, ["content-type": "application/json"], body: ByteBuffer(string: next.1))
    }
}
