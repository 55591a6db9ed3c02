import ArgumentParser
import HTTPTransport
import NIOCore

/// `slipway-gateway health`: asks the gateway on this machine whether it is well. What a container's health check runs
/// in an image that has no shell and no curl.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the gateway on this machine whether it is well.",
        discussion: """
            Exit code 0 where /health says 200, else 1 with the reason. For the health check of a container; it finds \
            the gateway by the same --host and --port, or SLIPWAY_HOST and SLIPWAY_PORT, that the gateway was started \
            with.
            """
    )

    /// In all; a health check that takes longer is not one.
    private static let patience: TimeAmount = .seconds(4)

    /// Whose flags these are: it reads them wherever they stand.
    @ParentCommand var gateway: GatewayCommand

    func run() async throws { try await ask(GatewayCommand.environment()) }

    /// Throws a `NotWell` unless the answer is 200.
    func ask(_ environment: [String: String]) async throws {
        let target = try target(environment)
        guard let location = HTTPLocation("http://\(target)/health") else {
            throw ValidationError("--host is a name or an address, not '\(target.host)'.")
        }
        try await withOwnEventLoop { loop in
            let answer = loop.makePromise(of: HTTPFetch.Failure?.self)
            loop.execute {
                let pool = HTTPConnectionPool(eventLoop: loop, connectTimeout: Self.patience)
                HTTPFetch.start(
                    location, accept: "application/json", limit: 1 << 20, within: Self.patience, over: pool,
                    eventLoop: loop
                ) { result in
                    pool.close()
                    if case .failure(let failure) = result { answer.succeed(failure) } else { answer.succeed(nil) }
                }
            }
            if let failure = try await answer.futureResult.get() {
                throw NotWell(place: "\(location)", reason: failure.words)
            }
        }
    }

    /// Where the gateway is asked: one that listens everywhere, on the loopback address.
    func target(_ environment: [String: String]) throws -> HTTPTarget {
        let settings = GatewaySettings(environment: environment)
        let port = try settings.number(gateway.port, "--port", "SLIPWAY_PORT", 1...65535) ?? 8001
        let host = gateway.host ?? environment["SLIPWAY_HOST"] ?? "127.0.0.1"
        return switch host {
        case "", "0.0.0.0": HTTPTarget(host: "127.0.0.1", port: port)
        case "::", "[::]": HTTPTarget(host: "::1", port: port)
        default: HTTPTarget(host: host, port: port)
        }
    }
}

/// The gateway did not answer that it is well.
struct NotWell: Error, CustomStringConvertible {
    let place: String
    let reason: String

    var description: String { "\(place): \(reason)" }
}
