extension RegionDraft {
    var network: Network? {
        guard let vpc = vpc?.value, let zones = zones?.value, let subnets = subnets(of: vpc, count: zones.count) else {
            return nil
        }
        guard let egress = settings.text(.privateSubnets).flatMap({ Egress(rawValue: $0.value) }) else { return nil }
        return Network(vpc: vpc, availabilityZones: zones, subnets: subnets, egress: egress)
    }

    /// The VPC's block, if it is written well or the region has a standard one.
    var vpc: Written<CIDRBlock>? {
        if let text = settings.text(.vpcCIDR) {
            return CIDRBlock(text.value).map { block in text.map { _ in block } }
        }
        guard !settings.isBroken(.vpcCIDR), let catalogued else { return nil }
        return Written(value: catalogued.standardVPC, path: settings.path(of: .vpcCIDR), position: settings.position)
    }

    var networkFindings: [Finding] {
        vpcFindings + zoneFindings + SubnetRule(region: self).findings
    }

    /// The zones that are written, else the region's standard ones.
    var zones: Written<[String]>? {
        if let words = settings.words(.availabilityZones) { return words.map { $0.map(\.text) } }
        guard !settings.isBroken(.availabilityZones), let standard = catalogued?.standardZones else { return nil }
        return Written(value: standard, path: settings.path(of: .availabilityZones), position: settings.position)
    }

    /// Load balancers need subnets of /27 or larger ("Subnets for your load balancer").
    static let smallestSubnet = 27
    /// AWS has no larger VPC, and no smaller one holds a subnet of that size for each of six zones.
    static let vpcSizes = 16...24

    /// The subnets that are written, else a sixteenth of the VPC for each zone; nil when that does not fit.
    private func subnets(of vpc: CIDRBlock, count: Int) -> [CIDRBlock]? {
        if let words = settings.words(.subnetCIDRs)?.value {
            let blocks = words.compactMap { CIDRBlock($0.text) }
            return blocks.count == words.count ? blocks : nil
        }
        let prefix = min(vpc.prefix + 4, Self.smallestSubnet)
        guard !settings.isBroken(.subnetCIDRs), vpc.capacity(ofPrefix: prefix) >= count else { return nil }
        return (0..<count).map { vpc.part($0, ofPrefix: prefix) }
    }

    private var vpcFindings: [Finding] {
        guard let text = settings.text(.vpcCIDR) else { return [] }
        let block: CIDRBlock
        do {
            block = try CIDRBlock(parsing: text.value)
        } catch {
            if case .hostBits(let meant) = error, let finding = sizeFinding(meant, text) { return [finding] }
            return [error.finding(text)]
        }
        if let finding = sizeFinding(block, text) { return [finding] }
        guard !block.isPrivate else { return [] }
        return [
            Finding(
                text, "is public address space",
                detail: "Private are only 10.0.0.0/8, 172.16.0.0/12 (up to 172.31.255.255) and 192.168.0.0/16; "
                    + "the hosts that own \(block) could not be reached from this region.",
                hint: "write a private block, such as \(catalogued?.standardVPC ?? block)"
            )
        ]
    }

    private func sizeFinding(_ block: CIDRBlock, _ text: Written<String>) -> Finding? {
        guard !Self.vpcSizes.contains(block.prefix) else { return nil }
        return Finding(
            text, "is a /\(block.prefix), and a region's network is /16 to /24",
            hint: "write a block from /16 (65536 addresses) to /24 (256)"
        )
    }

    private var zoneFindings: [Finding] {
        guard let words = settings.words(.availabilityZones) else { return missingZoneFindings }
        var findings: [Finding] = []
        for (index, word) in words.value.enumerated() {
            let written = Written(value: word.text, path: words.path, position: word.position)
            if !isZone(word.text) {
                let hint = "write the region and a letter, such as \(name)a"
                findings.append(Finding(written, "has \(word.text), not a zone of \(name)", hint: hint))
            } else if words.value[..<index].contains(where: { $0.text == word.text }) {
                findings.append(Finding(written, "has \(word.text) twice", hint: "name each zone once"))
            }
        }
        if words.value.count < 2 {
            findings.append(
                Finding(words, "names one zone, and a load balancer needs two", hint: "add a second zone of \(name)")
            )
        }
        if words.value.count > 6 {
            findings.append(Finding(words, "names \(words.value.count) zones", hint: "name six at most"))
        }
        return findings
    }

    private var missingZoneFindings: [Finding] {
        guard let catalogued, catalogued.zoneLetters == nil, !settings.isBroken(.availabilityZones) else { return [] }
        return [
            Finding(
                .missingKey, settings.position, "\(settings.path(of: .availabilityZones)) is missing",
                detail:
                    "In \(name) accounts have different zones, so there is no standard to fall back on.",
                hint: "write those of your account; to list them: aws ec2 describe-availability-zones --region \(name)"
            )
        ]
    }

    private func isZone(_ zone: String) -> Bool {
        zone.hasPrefix(name) && zone.count == name.count + 1 && zone.last?.isASCIILowercase == true
    }
}

extension CIDRBlock.Fault {
    /// The finding for a text this fault was found in.
    func finding(_ text: Written<String>) -> Finding {
        switch self {
        case .notABlock:
            Finding(
                text, "is not a block of addresses: \(text.value)",
                hint: "write four numbers and a prefix, such as 10.10.0.0/16"
            )
        case .hostBits(let meant):
            Finding(
                text, "has bits set beyond its prefix: \(text.value)",
                detail: "A block is named by its first address.",
                hint: "write \(meant)"
            )
        }
    }
}
