import Logging

/// Reads out of the gateway's log where it listens.
struct FirstAddress: LogHandler {
    let continuation: AsyncStream<Int>.Continuation
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(_ continuation: AsyncStream<Int>.Continuation) { self.continuation = continuation }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard let address = event.metadata?["address"] else { return }
        if let port = "\(address)".split(separator: ":").last.flatMap({ Int($0) }) { continuation.yield(port) }
    }
}
