import Testing

@testable import MCPWire

@Suite struct `A decimal number` {
    @Test(arguments: [
        ("42", "42.0"), ("42", "042"), ("42", "4.2e1"), ("42", "420E-1"), ("0", "-0.00e7"), ("-7", "-7.0"),
        ("1000000000000000000000", "1e+21"), ("0.5", "0.50"), ("0.5", "5e-1"),
        ("90071992547409930", "9007199254740993e1"),
    ])
    func `is the same number in other digits`(one: String, other: String) throws {
        let read = try #require(DecimalNumber(one))
        #expect(read == DecimalNumber(other))
    }

    @Test(arguments: [
        ("42", "43"), ("42", "-42"), ("42", "4.2"), ("42", "420"), ("9007199254740993", "9007199254740992"),
        ("0.1", "0.10000000000000001"), ("1e21", "1e20"),
    ])
    func `is another number`(one: String, other: String) throws {
        let read = try #require(DecimalNumber(one))
        #expect(read != DecimalNumber(other))
    }

    @Test(arguments: [
        "", "-", "+42", " 42", "42 ", "4 2", "42.", ".5", "1e", "1e+", "1e9999999", "0x2A", "NaN", "Infinity", "٤٢",
        "1,5", "--1",
    ])
    func `is none`(text: String) { #expect(DecimalNumber(text) == nil) }
}
