/// A block of IPv4 addresses, such as `10.10.0.0/16` (RFC 4632). Always without host bits.
package struct CIDRBlock: Hashable, Sendable {
    let first: UInt32
    package let prefix: Int

    init(first: UInt32, prefix: Int) {
        self.first = first & Self.mask(prefix)
        self.prefix = prefix
    }

    /// What is wrong with a text that is not a block.
    package enum Fault: Error, Equatable {
        case notABlock
        /// The address lies inside the block rather than at its start; carries the block that was meant.
        case hostBits(CIDRBlock)
    }

    package init(parsing text: String) throws(Fault) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Self.number(parts[1], upTo: 32) else { throw .notABlock }
        let octets = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard octets.count == 4 else { throw .notABlock }
        var address: UInt32 = 0
        for octet in octets {
            guard let value = Self.number(octet, upTo: 255) else { throw .notABlock }
            address = address << 8 | UInt32(value)
        }
        self.init(first: address, prefix: prefix)
        guard first == address else { throw .hostBits(self) }
    }

    /// The block, or nil for a text that is none.
    init?(_ text: String) {
        do {
            self = try CIDRBlock(parsing: text)
        } catch {
            return nil
        }
    }

    var last: UInt32 { first | ~Self.mask(prefix) }

    package func overlaps(_ other: CIDRBlock) -> Bool {
        first <= other.last && other.first <= last
    }

    package func contains(_ other: CIDRBlock) -> Bool {
        first <= other.first && other.last <= last
    }

    /// Inside one of the three private ranges (RFC 1918), the last of which ends at 172.31.255.255.
    package var isPrivate: Bool { Self.privateRanges.contains { $0.contains(self) } }

    /// How many blocks of the given prefix fit in this one; 0 when they are larger.
    func capacity(ofPrefix inner: Int) -> Int {
        inner < prefix ? 0 : 1 << (inner - prefix)
    }

    /// The block number `index` when this one is cut into blocks of the given prefix.
    func part(_ index: Int, ofPrefix inner: Int) -> CIDRBlock {
        CIDRBlock(first: first + UInt32(index) << UInt32(32 - inner), prefix: inner)
    }

    private static let privateRanges = [
        CIDRBlock(first: 10 << 24, prefix: 8),
        CIDRBlock(first: 172 << 24 | 16 << 16, prefix: 12),
        CIDRBlock(first: 192 << 24 | 168 << 16, prefix: 16),
    ]

    private static func mask(_ prefix: Int) -> UInt32 {
        prefix == 0 ? 0 : ~0 << UInt32(32 - prefix)
    }

    /// Digits only and no leading zero: some programs read `010` as octal.
    private static func number(_ text: Substring, upTo limit: Int) -> Int? {
        guard !text.isEmpty, text.count <= 3, text.allSatisfy(\.isASCIIDigit) else { return nil }
        guard text == "0" || text.first != "0", let value = Int(text), value <= limit else { return nil }
        return value
    }
}

extension CIDRBlock: CustomStringConvertible, Encodable {
    package var description: String {
        let octets = [24, 16, 8, 0].map { String(first >> UInt32($0) & 0xFF) }
        return octets.joined(separator: ".") + "/\(prefix)"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
