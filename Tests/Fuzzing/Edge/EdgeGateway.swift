import Foundation
import GatewayRuntime
import HTTPTransport
import Logging
import MCPWire
import NIOCore

/// A gateway in this process, on a port of its own.
struct EdgeGateway {
    struct NeverListened: Error {}

    /// Runs `work` with the gateway's port, then lets the gateway drain.
    static func run<Result: Sendable>(
        _ configuration: GatewayConfiguration,
        _ work: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let (addresses, continuation) = AsyncStream.makeStream(of: Int.self)
        let log = Logger(label: "fuzz", factory: { _ in FirstAddress(continuation) })
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await GatewayService(configuration, log: log).run() }
            var ports = addresses.makeAsyncIterator()
            guard let port = await ports.next() else { throw NeverListened() }
            let result = try await work(port)
            tasks.cancelAll()
            try await tasks.waitForAll()
            return result
        }
    }

    /// Behind it this very program as a stdio server, which all sessions share.
    static func overStdio() throws -> GatewayConfiguration {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var configuration = configuration([program, "--serve"])
        configuration.children.sharing = .shared
        return configuration
    }

    static func overHTTP(port: Int) -> GatewayConfiguration {
        var configuration = configuration([])
        configuration.upstream = UpstreamAddress("http://127.0.0.1:\(port)/mcp").map {
            UpstreamConfiguration(address: $0)
        }
        return configuration
    }

    private static func configuration(_ command: [String]) -> GatewayConfiguration {
        var configuration = GatewayConfiguration(
            command: command, environment: ["PATH": "/usr/bin:/bin"], keys: .random())
        configuration.port = 0
        configuration.messageLimit = 1 << 18
        configuration.sessionLimit = 100
        configuration.sessionRules.whenFull = .oldestIdle
        configuration.drainTime = .seconds(5)
        return configuration
    }
}
