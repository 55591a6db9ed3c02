/// The public name all regions answer to.
package struct Domain: Equatable, Sendable, Encodable {
    package let isEnabled: Bool
    /// The Route 53 zone, such as `example.com`; empty when there is none.
    package let name: String
    package let subdomain: String
    package let isIPv6Enabled: Bool
    /// The zone's id; nil has Terraform look it up by its name.
    package let hostedZoneID: String?

    package init(
        isEnabled: Bool,
        name: String,
        subdomain: String,
        isIPv6Enabled: Bool,
        hostedZoneID: String? = nil
    ) {
        self.isEnabled = isEnabled
        self.name = name
        self.subdomain = subdomain
        self.isIPv6Enabled = isIPv6Enabled
        self.hostedZoneID = hostedZoneID
    }

    /// The whole name, such as `mcp.example.com`.
    package var host: String { "\(subdomain).\(name)" }
}
