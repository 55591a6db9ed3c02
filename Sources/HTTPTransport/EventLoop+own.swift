import NIOCore
import NIOPosix

/// Runs `work` with an event loop that nobody else uses and that ends with it, however it ends.
package func withOwnEventLoop(_ work: (any EventLoop) async throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
        try await work(group.next())
        try await group.shutdownGracefully()
    } catch {
        try? await group.shutdownGracefully()  // the first error is the one to report
        throw error
    }
}
