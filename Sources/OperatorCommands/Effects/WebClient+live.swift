import AWSOperations
import HTTPTransport
import NIOCore
import NIOPosix

extension WebClient {
    /// The real world, over TLS with the authorities of the system or of `AWS_CA_BUNDLE`, whose empty value is none.
    static func live(authorities file: String?) -> WebClient {
        let authorities = file?.isEmpty == true ? nil : file
        return WebClient { request in
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
