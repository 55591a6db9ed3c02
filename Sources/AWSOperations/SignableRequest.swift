/// An HTTP request to AWS before it is signed.
package struct SignableRequest: Sendable, Equatable {
    package let method: String
    package let host: String
    /// As it goes on the wire: percent-encoded, starting with `/`.
    package let path: String
    /// Names and values that are not encoded yet.
    package let query: [(name: String, value: String)]
    /// Every one of them is signed; `host`, `x-amz-date` and the session token are added by the signer.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// Whether the path is signed as it is sent, which is S3's way, rather than encoded once more.
    package let isPathSignedAsSent: Bool

    package init(
        method: String,
        host: String,
        path: String = "/",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        isPathSignedAsSent: Bool = false
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.isPathSignedAsSent = isPathSignedAsSent
    }

    package static func == (first: SignableRequest, second: SignableRequest) -> Bool {
        first.method == second.method && first.host == second.host && first.path == second.path
            && first.query.elementsEqual(second.query, by: ==) && first.headers.elementsEqual(second.headers, by: ==)
            && first.body == second.body && first.isPathSignedAsSent == second.isPathSignedAsSent
    }
}
