import FleetModel

/// Services whose method and path say what is asked: Route 53 and S3.
extension AWSClient {
    /// What a signed GET brings, at most 8 MiB.
    ///
    /// - Parameters:
    ///   - action: what IAM calls this, such as `GetObject`; for errors.
    ///   - path: its segments as they are meant; they are percent-encoded here. An object of S3 is
    ///     `[bucket] + key.split(separator: "/", omittingEmptySubsequences: false)`.
    ///   - query: names and values as they are meant.
    /// - Returns: the bytes of an answer with a status of 200 to 299. Where there is no such thing, a problem of the
    ///   kind `notFound` is thrown.
    package func get(
        _ service: AWSService,
        _ action: String,
        path: [some StringProtocol],
        query: [(name: String, value: String)] = []
    ) async throws(Problem) -> [UInt8] {
        guard case .rest = service.wire else { throw strange(service, action) }
        var headers: [(name: String, value: String)] = []
        // S3 wants every request to state what its body hashes to ("Authenticating requests", Amazon S3 API).
        if service == .objectStore { headers.append(("x-amz-content-sha256", Hex.sha256([]))) }
        return try await send(
            Call(
                service: service, action: action, method: "GET",
                path: "/" + path.map { PercentEncoding.encode($0) }.joined(separator: "/"), query: query,
                headers: headers, repetition: .harmless
            )
        )
    }

    /// The same, read as XML.
    package func element(
        _ service: AWSService,
        _ action: String,
        path: [some StringProtocol],
        query: [(name: String, value: String)] = []
    ) async throws(Problem) -> XMLElement {
        let bytes = try await get(service, action, path: path, query: query)
        guard let answer = XMLElement(String(decoding: bytes, as: UTF8.self)) else { throw strange(service, action) }
        return answer
    }
}

extension AWSClient.Call {
    /// The query as it goes on the wire, with its question mark; empty where there is none.
    var queryText: String {
        guard !query.isEmpty else { return "" }
        return "?"
            + query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
