/// What a server elsewhere answered, whatever its status.
package struct WebResponse: Sendable, Equatable {
    package let status: Int
    package let headers: [WebRequest.Header]
    package let body: [UInt8]

    package init(status: Int, headers: [WebRequest.Header] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of a name in small letters.
    package func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
}
