import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix

@testable import GatewayRuntime

/// An issuer of tokens on the loopback address, on an event loop of its own.
struct IssuerStage: Sendable {
    private let loop: any EventLoop
    private let papers: NIOLoopBound<Papers>
    let url: String

    static func run(_ test: (IssuerStage) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await test(try await IssuerStage(on: group.next()))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private init(on loop: any EventLoop) async throws {
        self.loop = loop
        let papers = try await loop.submit { NIOLoopBound(Papers(), eventLoop: loop) }.get()
        self.papers = papers
        let address = try await loop.flatSubmit {
            let server = HTTPServer(eventLoop: loop, limits: HTTPServerLimits(), application: papers.value)
            papers.value.server = server
            return server.bind(host: "127.0.0.1", port: 0)
        }.get()
        url = "http://127.0.0.1:\(address.port ?? 0)"
        try await serve("/.well-known/oauth-authorization-server", #"{"issuer":"\#(url)","jwks_uri":"\#(url)/keys"}"#)
    }

    /// What is served at a path; `nil`: 500 from now on.
    func serve(_ path: String, _ document: String?) async throws {
        try await loop.submit { [papers] in papers.value.documentByPath[path] = .some(document) }.get()
    }

    func publish(_ keys: [SigningKey]) async throws { try await publish(keys.map(\.published)) }

    func publish(_ keys: [String]) async throws {
        try await serve("/keys", #"{"keys":[\#(keys.joined(separator: ","))]}"#)
    }

    /// How often a path was asked for.
    func count(_ path: String = "/keys") async throws -> Int {
        try await loop.submit { [papers] in papers.value.asked.count { $0 == path } }.get()
    }

    /// Claims that are good now.
    func claims(_ subject: String = "alice", _ change: (inout TokenClaims) -> Void = { _ in }) -> TokenClaims {
        var claims = TokenClaims(
            issuer: url,
            subject: subject,
            audience: .init([TokenSettings.sampleAudience]),
            expires: Double(WallClock.now.seconds + 300),
            scope: .init(["mcp:use"])
        )
        change(&claims)
        return claims
    }

    /// The settings of a gateway that believes this issuer, and looks for new keys as often as it is asked to.
    func settings(_ change: (inout TokenSettings) -> Void = { _ in }) -> TokenSettings {
        var settings = TokenSettings.sample(at: url, scopes: ["mcp:use"])
        settings.schedule = KeySchedule.Timing(refresh: .hours(1), spacing: .milliseconds(2), retry: .milliseconds(2))
        change(&settings)
        return settings
    }
}

/// Documents by their paths.
private final class Papers: HTTPApplication {
    var server: HTTPServer?
    var documentByPath: [String: String?] = [:]
    var asked: [String] = []

    func begin(_ exchange: HTTPExchange) {
        let path = String(exchange.path)
        asked.append(path)
        switch documentByPath[path] {
        case nil: exchange.respond(.notFound)
        case .some(nil): exchange.respond(.internalServerError)
        case .some(let document?):
            exchange.respond(.ok, ["content-type": "application/json"], body: ByteBuffer(string: document))
        }
    }
}
