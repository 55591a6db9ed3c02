/// The commented fleet file `slipway init` writes: the answers it was given, and every other setting as a comment.
package struct FleetTemplate: Sendable {
    package let projectName: String
    package let environment: String
    package let server: Server
    package let regions: [String]

    package init(projectName: String, environment: String, server: Server, regions: [String]) {
        self.projectName = projectName
        self.environment = environment
        self.server = server
        self.regions = regions
    }

    package var text: String {
        [
            introduction, serverSection, defaultsSection, regionsSection, section(.schedule), section(.domain),
            stateSection,
        ]
        .joined(separator: "\n")
    }

    private var introduction: String {
        """
        # What runs and where. Every setting is explained in docs/configuration.md; to judge this file:
        #   slipway check
        # No secret belongs here: slipway.env (never committed) holds those of a local run.

        \(live(.projectName, YAMLText.scalar(projectName)))
        \(live(.environment, YAMLText.scalar(environment)))

        """
    }

    private var serverSection: String {
        let image = server.image.map { live(.image, YAMLText.scalar($0), indent: "  ") } ?? asComment(.image)
        return "server:\n\(transport)\n\(image)\n\(asComment(.secretKeys))\n"
    }

    private var transport: String {
        func program(_ command: [String]) -> String { live(.command, YAMLText.list(command), indent: "  ") }
        switch server.transport {
        case .stdio(let command):
            return "\(program(command))\n  # Where the server speaks HTTP itself:\n\(asComment(.url))"
        case .http(let url, let command):
            let address = live(.url, YAMLText.scalar(url), indent: "  ")
            if !command.isEmpty { return "\(address)\n\(program(command))\n\(asComment(.gatewayImage))" }
            return "\(address)\n  # Where the gateway starts the server:\n\(asComment(.command))\n"
                + asComment(.gatewayImage)
        }
    }

    private var defaultsSection: String {
        let always: Set<SettingKey> = [.cpu, .memory, .desiredCount]
        let lines = Schema.settings(in: .defaults).map { setting in
            line(setting, isLive: always.contains(setting.key))
        }
        return "# For every region; a region may say otherwise below.\ndefaults:\n" + lines.joined(separator: "\n")
            + "\n"
    }

    private var regionsSection: String {
        let lines = regions.map { name in
            guard let region = AWSRegion.named(name) else { return "  \(YAMLText.scalar(name)): {}" }
            let network = "  \(name):\n    vpc_cidr: \(region.standardVPC)"
            guard region.zoneLetters == nil else { return network }
            return network
                + "\n    # Zones differ from account to account in this region: check that yours has these.\n"
                + "    availability_zones: [\(name)a, \(name)b]"
        }
        return "# Each region may also have availability_zones, subnet_cidrs, and any setting of defaults.\nregions:\n"
            + lines.joined(separator: "\n") + "\n"
    }

    /// A section nobody needs at first: there, and switched off.
    private func section(_ section: Section) -> String {
        let lines = Schema.settings(in: section).enumerated().map { line($0.element, isLive: $0.offset == 0) }
        return "\(section.rawValue):\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Nobody has a bucket at first, and an empty section says so too.
    private var stateSection: String {
        let lines = Schema.settings(in: .state).map { asComment($0.key) }
        return "# Where Terraform keeps what it made: files in slipway-state until there is a bucket.\nstate:\n"
            + lines.joined(separator: "\n") + "\n"
    }

    private func line(_ setting: Setting, isLive: Bool) -> String {
        guard isLive, case .value(let value) = setting.standard else { return asComment(setting.key) }
        return live(setting.key, value.yaml, indent: "  ")
    }

    private func live(_ key: SettingKey, _ value: String, indent: String = "") -> String {
        "\(indent)# \(Schema.setting(key).meaning)\n\(indent)\(key.rawValue): \(value)"
    }

    /// A line that does what it says once its `# ` is taken away.
    private func asComment(_ key: SettingKey) -> String {
        let setting = Schema.setting(key)
        let example =
            switch setting.standard {
            case .required: ""
            case .value(let value): value.yaml
            case .derived(_, let example): example
            }
        return "  # \(setting.meaning)\n  # \(key.rawValue): \(example)"
    }
}
