extension FleetDraft {
    var nameFindings: [Finding] {
        [top.text(.projectName), top.text(.environment)].compactMap { $0 }.flatMap(shapeFindings) + lengthFindings
    }

    /// Names of load balancers allow letters, digits and inner hyphens and may not start with "internal-"
    /// (CreateLoadBalancer); small letters keep the names usable in DNS and S3 too.
    private func shapeFindings(_ name: Written<String>) -> [Finding] {
        let isAllowed = name.value.allSatisfy { $0.isASCIILowercase || $0.isASCIIDigit || $0 == "-" }
        guard isAllowed, name.value.first?.isASCIILowercase == true, name.value.last != "-" else {
            let hint = Self.tidied(name.value).map { "write \($0)" } ?? "write a name such as my-mcp"
            return [
                Finding(
                    name, "is not a name AWS allows: \(name.value)",
                    detail: "Use small letters, digits and hyphens, with a letter first and no hyphen last.",
                    hint: hint
                )
            ]
        }
        let limit = name.path == SettingKey.projectName.rawValue ? 40 : 20
        guard name.value.count <= limit else {
            return [Finding(name, "has \(name.value.count) characters", hint: "write \(limit) at most")]
        }
        guard name.path == SettingKey.projectName.rawValue, "\(name.value)-".hasPrefix("internal-") else { return [] }
        return [
            Finding(
                name, "starts with internal-, which AWS keeps for itself",
                hint: "choose another word at the start"
            )
        ]
    }

    /// The longest name that a limit of AWS would refuse, and how much of it must go.
    private var lengthFindings: [Finding] {
        guard let project = top.text(.projectName), let environment = top.text(.environment) else { return [] }
        let overflows = regions.read.compactMap { region -> (name: String, what: String, limit: Int, region: String)? in
            let names = ResourceNames(
                projectName: project.value,
                environment: environment.value,
                region: region.name
            )
            if region.settings.boolean(.createALB)?.value != false,
                names.loadBalancer.count > ResourceNames.loadBalancerLimit
            {
                return (names.loadBalancer, "load balancer", ResourceNames.loadBalancerLimit, region.name)
            }
            guard names.executionRole.count > ResourceNames.roleLimit else { return nil }
            return (names.executionRole, "role", ResourceNames.roleLimit, region.name)
        }
        guard let worst = overflows.max(by: { $0.name.count - $0.limit < $1.name.count - $1.limit }) else { return [] }
        let excess = worst.name.count - worst.limit
        return [
            Finding(
                project, "is too long for \(worst.region) by \(excess) character\(excess == 1 ? "" : "s")",
                detail: "The \(worst.what) would be named \(worst.name), \(worst.name.count) characters, "
                    + "and AWS allows \(worst.limit).",
                hint: "take \(excess) off project_name or environment, which together may have "
                    + "\(project.value.count + environment.value.count - excess)"
            )
        ]
    }

    /// The name with what AWS refuses replaced, or nil if nothing is left.
    static func tidied(_ name: String) -> String? {
        let hyphenated = name.lowercased().map { $0.isASCIILetter || $0.isASCIIDigit ? $0 : "-" }
        let words = hyphenated.split(separator: "-").drop { $0.first?.isASCIILetter != true }
        return words.isEmpty ? nil : words.map { String($0) }.joined(separator: "-")
    }
}

/// Names an operator has not chosen yet.
package enum SuggestedName {
    /// A project's name after its folder's, if anything of that is a name AWS allows.
    package static func project(folder: String) -> String? {
        FleetDraft.tidied(folder)
    }
}
