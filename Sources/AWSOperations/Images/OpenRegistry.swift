import FleetModel

/// A registry that anybody may ask (OCI Distribution Specification 1.1), with the anonymous token that most of them
/// want (Docker Registry v2, "Token Authentication Specification").
struct OpenRegistry {
    let web: WebClient

    static let kinds = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]

    func digest(of image: ImageReference) async -> Result<String, ImageLookup.Doubt> {
        switch await answer("HEAD", "manifests/\(image.tag ?? "latest")", of: image) {
        case .failure(let doubt): .failure(doubt)
        case .success(let response): judged(response, Self.host(of: image))
        }
    }

    private static func host(of image: ImageReference) -> String {
        image.registry == "docker.io" ? "registry-1.docker.io" : image.registry
    }

    /// The registry's answer about a repository, asked again with the token that everybody is given where it wants one.
    func answer(
        _ method: String,
        _ path: String,
        of image: ImageReference
    ) async -> Result<WebResponse, ImageLookup.Doubt> {
        let host = Self.host(of: image)
        let scheme = Self.isThisMachine(host) ? "http" : "https"
        let url = "\(scheme)://\(host)/v2/\(image.repository)/\(path)"
        switch await ask(method, url, token: nil) {
        case .failure(let failure): return .failure(.unknown("\(host): \(failure.words)"))
        case .success(let response) where response.status == 401:
            guard let token = await token(for: response, image, isLocal: scheme == "http") else {
                return .failure(.unknown("\(host) gives no token to everybody"))
            }
            switch await ask(method, url, token: token) {
            case .failure(let failure): return .failure(.unknown("\(host): \(failure.words)"))
            case .success(let response): return .success(response)
            }
        case .success(let response): return .success(response)
        }
    }

    private func judged(_ response: WebResponse, _ host: String) -> Result<String, ImageLookup.Doubt> {
        switch response.status {
        case 200:
            guard let digest = response.header("docker-content-digest"), ImageReference.isDigest(digest) else {
                return .failure(.unknown("\(host) did not tell its digest"))
            }
            return .success(digest)
        case 404: return .failure(.absent("\(host) knows no such image"))
        default: return .failure(.unknown("\(host) answered \(response.status)"))
        }
    }

    private func ask(_ method: String, _ url: String, token: Secret?) async -> Result<WebResponse, WebFailure> {
        var headers = [WebRequest.Header("accept", Self.kinds.joined(separator: ", "))]
        if let token { headers.append(WebRequest.Header("authorization", "Bearer \(token.reveal())")) }
        return await web.send(
            WebRequest(method: method, url: url, headers: headers, limit: 1 << 20, timeout: .seconds(15)))
    }

    /// What everybody is given who asks where the registry says; nil where that is nothing.
    private func token(for response: WebResponse, _ image: ImageReference, isLocal: Bool) async -> Secret? {
        guard let challenge = response.header("www-authenticate"), let realm = Self.value("realm", in: challenge),
            realm.hasPrefix("https://") || isLocal && realm.hasPrefix("http://")
        else { return nil }
        var query = "scope=\(PercentEncoding.encode("repository:\(image.repository):pull"))"
        if let service = Self.value("service", in: challenge) { query += "&service=\(PercentEncoding.encode(service))" }
        let url = realm + (realm.contains("?") ? "&" : "?") + query
        guard case .success(let answer) = await web.send(WebRequest(url: url, limit: 65536, timeout: .seconds(15))),
            answer.status == 200,
            let token = Token(json: answer.body)
        else { return nil }
        return (token.token ?? token.access_token).map { Secret($0) }
    }

    private struct Token: Decodable {
        let token: String?
        let access_token: String?
    }

    /// A value of `Bearer realm="...",service="..."` (RFC 9110, 11.6.1).
    private static func value(_ name: String, in challenge: String) -> String? {
        guard challenge.lowercased().hasPrefix("bearer "), let start = challenge.firstRange(of: "\(name)=\"") else {
            return nil
        }
        let rest = challenge[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        let name = host.split(separator: ":").first ?? ""
        return name == "localhost" || name == "127.0.0.1"
    }
}
