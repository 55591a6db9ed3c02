import Testing

@testable import FleetModel

@Suite struct CIDRBlockTests {
    @Test(arguments: ["10.0.0.0/8", "10.10.0.0/16", "192.168.4.0/22", "255.255.255.255/32", "0.0.0.0/0"])
    func `a block reads back as it is written`(_ text: String) throws {
        #expect(try CIDRBlock(parsing: text).description == text)
    }

    @Test(arguments: [
        "", "10.0.0.0", "10.0.0.0/", "10.0.0/16", "10.0.0.256/32", "10.0.0.0/33", "10.0.0.0/-1", "010.0.0.0/8",
        "10.0.0.0/08", " 10.0.0.0/8", "10.0.0.0/8/8", "::/0", "a.b.c.d/8",
    ])
    func `what is no block is refused`(_ text: String) {
        #expect(throws: CIDRBlock.Fault.notABlock) { try CIDRBlock(parsing: text) }
    }

    @Test func `host bits are refused, and the block that was meant is named`() throws {
        let meant = try CIDRBlock(parsing: "10.10.0.0/16")
        #expect(throws: CIDRBlock.Fault.hostBits(meant)) { try CIDRBlock(parsing: "10.10.200.7/16") }
    }

    @Test(arguments: [
        ("10.10.0.0/16", "10.10.128.0/17", true), ("10.10.0.0/16", "10.11.0.0/16", false),
        ("10.0.0.0/8", "10.255.255.0/24", true), ("10.10.0.0/17", "10.10.128.0/17", false),
    ])
    func `blocks overlap when they share an address, whichever is asked`(
        _ first: String,
        _ second: String,
        _ expected: Bool
    ) throws {
        let (first, second) = (try CIDRBlock(parsing: first), try CIDRBlock(parsing: second))
        #expect(first.overlaps(second) == expected)
        #expect(second.overlaps(first) == expected)
    }

    @Test(arguments: [
        ("10.0.0.0/8", true), ("172.16.0.0/12", true), ("172.31.0.0/16", true), ("192.168.1.0/24", true),
        ("172.32.0.0/16", false), ("172.15.0.0/16", false), ("11.0.0.0/16", false), ("192.169.0.0/16", false),
        ("10.0.0.0/7", false),
    ])
    func `private are the ranges of RFC 1918 and nothing else`(_ text: String, _ expected: Bool) throws {
        #expect(try CIDRBlock(parsing: text).isPrivate == expected)
    }

    @Test func `a block is cut into parts in order`() throws {
        let block = try CIDRBlock(parsing: "10.10.0.0/16")
        #expect(
            (0..<3).map { block.part($0, ofPrefix: 20).description } == [
                "10.10.0.0/20", "10.10.16.0/20", "10.10.32.0/20",
            ])
        #expect(block.capacity(ofPrefix: 20) == 16)
        #expect(block.capacity(ofPrefix: 8) == 0)
    }
}
