extension FleetDraft {
    var resolvedDomain: Domain? {
        guard let isEnabled = domain.boolean(.enableDomain)?.value, let subdomain = domain.text(.subdomain)?.value,
            let isIPv6Enabled = domain.boolean(.enableIPv6)?.value
        else { return nil }
        return Domain(
            isEnabled: isEnabled,
            name: domain.text(.domainName)?.value ?? "",
            subdomain: subdomain,
            isIPv6Enabled: isIPv6Enabled,
            hostedZoneID: domain.text(.hostedZoneID)?.value
        )
    }

    var domainFindings: [Finding] {
        var findings: [Finding] = []
        if let isEnabled = domain.boolean(.enableDomain), isEnabled.value, !domain.holds(.domainName) {
            findings.append(
                Finding(
                    .missingKey, isEnabled, "is true, and no domain is named",
                    hint: "add domain_name: example.com below it, the name of a Route 53 zone you own"
                )
            )
        }
        if let name = domain.text(.domainName), !Self.isHostName(name.value, labels: 2...) {
            findings.append(Finding(name, "is not a domain: \(name.value)", hint: "write a name such as example.com"))
        }
        if let subdomain = domain.text(.subdomain), !Self.isHostName(subdomain.value, labels: 1...) {
            findings.append(
                Finding(
                    subdomain, "is not a name inside a domain: \(subdomain.value)",
                    hint: "write the part before the domain only, such as mcp"
                )
            )
        }
        if let zone = domain.text(.hostedZoneID), !Self.isZoneID(zone.value) {
            findings.append(
                Finding(zone, "is not the id of a zone: \(zone.value)", hint: "write one such as Z0123456789ABCDEFGHIJ")
            )
        }
        return findings
    }

    /// Amazon Route 53 API, ResourceId, without the path some commands put before it.
    private static func isZoneID(_ id: String) -> Bool {
        id.first == "Z" && (2...32).contains(id.count)
            && id.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter && $0.isUppercase }
    }

    /// Labels of at most 63 letters, digits and inner hyphens (RFC 1123, 2.1).
    private static func isHostName(_ name: String, labels: PartialRangeFrom<Int>) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return labels.contains(parts.count) && name.count <= 253
            && parts.allSatisfy { label in
                (1...63).contains(label.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == "-" }
            }
    }
}
