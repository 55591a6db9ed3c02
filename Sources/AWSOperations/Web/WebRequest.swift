/// A request to a server elsewhere, with the bounds of its answer.
package struct WebRequest: Sendable, Equatable {
    package var method: String
    /// `https`, or `http` to this machine.
    package var url: String
    /// Beside `host` and `content-length`, which the client adds. They may hold secrets: never to be logged.
    package var headers: [Header]
    package var body: [UInt8]
    /// The largest answer that is taken, in bytes.
    package var limit: Int
    /// How long the whole exchange may take.
    package var timeout: Duration
    /// Whether another machine may be asked without TLS; only where somebody chose that address knowingly.
    package var allowsPlainHTTP: Bool
    /// The host to connect to in place of the URL's, which stays in `host` and in TLS.
    package var connectTo: String?

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        method: String = "GET",
        url: String,
        headers: [Header] = [],
        body: [UInt8] = [],
        limit: Int,
        timeout: Duration,
        allowsPlainHTTP: Bool = false,
        connectTo: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limit = limit
        self.timeout = timeout
        self.allowsPlainHTTP = allowsPlainHTTP
        self.connectTo = connectTo
    }
}
