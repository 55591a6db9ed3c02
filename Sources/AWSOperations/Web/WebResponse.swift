/// What a server elsewhere answered, whatever its status.
package struct WebResponse: Sendable, Equatable {
    package let status: Int
    package let headers: [WebRequest.Header]
    package let body: [UInt8]
    /// Until when the server's certificate is good, in seconds since 1970; nil without TLS.
    package let certificateEnd: Int?

    package init(status: Int, headers: [WebRequest.Header] = [], body: [UInt8], certificateEnd: Int? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.certificateEnd = certificateEnd
    }

    /// The first header of a name, whatever its letters' case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
