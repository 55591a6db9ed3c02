import HTTPTransport

/// An endpoint that is looked at, and the way to it.
struct ProbeSubject: Sendable {
    /// The way: the domain, a region, or the URL's host.
    let via: String
    let region: String?
    /// Of the MCP endpoint.
    let location: HTTPLocation
    let healthPath: String
    /// Whether a health page that is missing is wrong.
    let mustHaveHealth: Bool
    /// The host to connect to in place of the URL's.
    var connectTo: String?
    /// What to do when something is wrong.
    let hint: String?
}
