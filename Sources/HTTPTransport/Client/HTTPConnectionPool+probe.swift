import NIOCore
import NIOPosix

extension HTTPConnectionPool {
    /// Finds out whether a server takes connections, without a word to it. The answer is `nil` where it does, and
    /// otherwise why not.
    package func probe(_ target: HTTPTarget, _ completion: @escaping (String?) -> Void) {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(connectTimeout)
            .connect(host: target.host, port: target.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    channel.close(promise: nil)
                    completion(nil)
                case .failure(let error): completion(ConnectFailure.words(error))
                }
            }
    }
}
