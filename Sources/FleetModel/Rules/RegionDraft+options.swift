extension RegionDraft {
    var protection: Protection? {
        guard let hasFirewall = settings.boolean(.enableWAF)?.value,
            let hasOwnKey = settings.boolean(.enableEncryption)?.value
        else { return nil }
        return Protection(
            allowedCIDRs: settings.words(.allowedCIDRs)?.value.map(\.text),
            hasFirewall: hasFirewall,
            hasOwnKey: hasOwnKey
        )
    }

    var monitoring: Monitoring? {
        guard let hasAlarms = settings.boolean(.enableAlarms)?.value,
            let hasDashboard = settings.boolean(.enableDashboard)?.value,
            let hasContainerInsights = settings.boolean(.enableContainerInsights)?.value,
            let logRetentionDays = settings.integer(.logRetentionDays)?.value
        else { return nil }
        return Monitoring(
            hasAlarms: hasAlarms,
            alarmEmail: settings.text(.alarmEmail)?.value,
            hasDashboard: hasDashboard,
            hasContainerInsights: hasContainerInsights,
            logRetentionDays: logRetentionDays
        )
    }

    var optionFindings: [Finding] { callerFindings + retentionFindings + emailFindings }

    private var callerFindings: [Finding] {
        guard let blocks = settings.words(.allowedCIDRs) else { return [] }
        let findings: [Finding] = blocks.value.compactMap { word -> Finding? in
            let written = Written(value: word.text, path: blocks.path, position: word.position)
            if word.text.contains(":") {
                guard !Self.isIPv6Block(word.text) else { return nil }
                return Finding(
                    written, "has \(word.text), not a block of addresses", hint: "write one such as 2001:db8::/32"
                )
            }
            return Self.fault(of: word.text)?.finding(written)
        }
        guard blocks.value.count > 25 else { return findings }
        return findings + [Finding(blocks, "has \(blocks.value.count) blocks", hint: "write 25 at most")]
    }

    private static func fault(of text: String) -> CIDRBlock.Fault? {
        do {
            _ = try CIDRBlock(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    /// By shape only; Terraform and AWS know the rest.
    private static func isIPv6Block(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Int(parts[1]), (0...128).contains(prefix) else { return false }
        return parts[0].count <= 39 && parts[0].allSatisfy { $0.isHexDigit && $0.isASCII || $0 == ":" }
    }

    private var retentionFindings: [Finding] {
        guard let days = settings.integer(.logRetentionDays), !Self.retentions.contains(days.value) else { return [] }
        let nearest = Self.retentions.first { $0 >= days.value } ?? 3653
        return [
            Finding(days, "is \(days.value), a time CloudWatch does not have", hint: "write \(nearest)")
        ]
    }

    /// Amazon CloudWatch Logs API, PutRetentionPolicy.
    private static let retentions = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    private var emailFindings: [Finding] {
        guard let email = settings.text(.alarmEmail) else { return [] }
        let parts = email.value.split(separator: "@", omittingEmptySubsequences: false)
        let isShaped =
            parts.count == 2 && !parts[0].isEmpty && parts[1].dropFirst().dropLast().contains(".")
            && !email.value.contains(" ")
        guard !isShaped else { return [] }
        return [Finding(email, "is not an address: \(email.value)", hint: "write one such as ops@example.com")]
    }
}
