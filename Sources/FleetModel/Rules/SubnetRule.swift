/// Subnets lie inside their VPC, do not share addresses, and are as many as the zones.
struct SubnetRule {
    let region: RegionDraft

    var findings: [Finding] {
        guard let words = region.settings.words(.subnetCIDRs) else { return [] }
        var findings: [Finding] = []
        var earlier: [CIDRBlock] = []
        for word in words.value {
            let written = Written(value: word.text, path: words.path, position: word.position)
            do {
                let block = try CIDRBlock(parsing: word.text)
                findings += judge(block, written, earlier: earlier)
                earlier.append(block)
            } catch {
                findings.append(error.finding(written))
            }
        }
        return findings + countFindings(words)
    }

    private func judge(_ block: CIDRBlock, _ written: Written<String>, earlier: [CIDRBlock]) -> [Finding] {
        var findings: [Finding] = []
        if let vpc = region.vpc, !vpc.value.contains(block) {
            findings.append(
                Finding(
                    .conflict, written, "has \(block), which is not inside the VPC",
                    detail: "The VPC of \(region.name) is \(vpc.value).",
                    hint: "write a block inside it, such as \(example(in: vpc.value))"
                )
            )
        }
        if let other = earlier.first(where: block.overlaps) {
            findings.append(
                Finding(
                    .conflict, written, "has two subnets that overlap",
                    detail: "\(other) and \(block) share addresses.",
                    hint: "give each zone a block of its own, or remove subnet_cidrs to have them worked out"
                )
            )
        }
        if block.prefix > RegionDraft.smallestSubnet {
            findings.append(
                Finding(
                    written, "has \(block), too small for a load balancer",
                    hint: "write a /\(RegionDraft.smallestSubnet) or a larger block"
                )
            )
        }
        return findings
    }

    private func countFindings(_ words: Written<[SettingValue.Word]>) -> [Finding] {
        guard let zones = region.zones, zones.value.count != words.value.count else { return [] }
        return [
            Finding(
                .conflict, words, "has \(words.value.count) of the \(zones.value.count) subnets it needs",
                detail: "Each zone needs one: \(zones.value.joined(separator: ", ")).",
                hint: "write one block for each zone, or remove subnet_cidrs to have them worked out"
            )
        ]
    }

    private func example(in vpc: CIDRBlock) -> CIDRBlock {
        vpc.part(0, ofPrefix: max(vpc.prefix, min(vpc.prefix + 4, 28)))
    }
}
