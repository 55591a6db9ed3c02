extension FleetDraft {
    /// VPCs that share addresses, each pair once, at the later region.
    var overlaps: [Finding] {
        let blocks = regions.read.compactMap { region in region.vpc.map { (region: region, vpc: $0) } }
        return blocks.indices.flatMap { index in
            blocks[..<index].compactMap { earlier in
                let later = blocks[index]
                guard later.vpc.value.overlaps(earlier.vpc.value) else { return nil }
                let example = free(for: later.region, among: blocks.map(\.vpc.value))
                return Finding(
                    .conflict, later.vpc, "overlaps \(earlier.region.name)",
                    detail: "\(earlier.vpc.value) and \(later.vpc.value) share addresses, "
                        + "so the regions could never be peered.",
                    hint: "write another private range here, such as \(example)"
                )
            }
        }
    }

    /// The region's own standard range if nobody has it, else the first 10.x that is free.
    private func free(for region: RegionDraft, among taken: [CIDRBlock]) -> CIDRBlock {
        let standard = region.catalogued.map { [$0.standardVPC] } ?? []
        let candidates = standard + (100...254).map { CIDRBlock(first: 10 << 24 | $0 << 16, prefix: 16) }
        return candidates.first { candidate in !taken.contains { $0.overlaps(candidate) } }
            ?? CIDRBlock(first: 192 << 24 | 168 << 16, prefix: 16)
    }
}
