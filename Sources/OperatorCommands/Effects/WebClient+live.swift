import AWSOperations
import HTTPTransport
import NIOCore
import NIOPosix

extension WebClient {
    /// The real world, over TLS with the authorities of the system or of `AWS_CA_BUNDLE`.
    static func live(authorities: String?) -> WebClient {
        WebClient { request in
            let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
            return await withCheckedContinuation { continuation in
                eventLoop.execute {
                    LiveWebCall.start(request, authorities: authorities, on: eventLoop) {
                        continuation.resume(returning: $0)
                    }
                }
            }
        }
    }
}
