import HTTPTransport
import NIOCore
import NIOPosix

/// A peer whose kernel takes connections and whose process says nothing, as a stopped one does.
struct SilentPeer: Sendable {
    let target: HTTPTarget

    static func with(_ test: (SilentPeer) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let channel = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
            try await test(SilentPeer(target: HTTPTarget(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }
}
