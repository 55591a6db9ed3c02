import HTTPTransport

@testable import GatewayRuntime

extension TokenSettings {
    static let sampleIssuer = "https://issuer.example"
    static let sampleAudience = "https://mcp.example.com/mcp"

    /// Settings for an issuer; `url`: where it really is.
    static func sample(at url: String = sampleIssuer, scopes: [String] = []) -> TokenSettings {
        let resource = HTTPLocation(sampleAudience) ?? HTTPLocation.anywhere
        return TokenSettings(
            issuer: url,
            issuerLocation: HTTPLocation(url) ?? HTTPLocation.anywhere,
            audiences: [sampleAudience],
            scopes: scopes,
            resource: ProtectedResource(resource: sampleAudience, at: resource, issuer: url, scopes: scopes)
        )
    }
}

extension HTTPLocation {
    /// The root of this machine's port 1.
    fileprivate static var anywhere: HTTPLocation {
        guard let location = HTTPLocation("http://127.0.0.1:1") else { preconditionFailure("this is a URL") }
        return location
    }
}
