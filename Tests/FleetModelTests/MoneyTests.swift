import Testing

@testable import FleetModel

@Suite struct MoneyTests {
    @Test(arguments: [
        ("0.04048", 40_480_000, "0.04048"), ("1", 1_000_000_000, "1"), ("0.0000250000", 25_000, "0.000025"),
        ("16.50", 16_500_000_000, "16.5"), ("0", 0, "0"), ("0.000000001", 1, "0.000000001"),
    ])
    func `a price is read and written to the last digit`(_ text: String, _ billionths: Int, _ exact: String) {
        #expect(Money(text)?.billionths == billionths)
        #expect(Money(text)?.exactText == exact)
    }

    @Test(arguments: ["", ".", "1.", ".5", "-1", "1e3", "0x1", "1,5", "0.0000000001", "99999999999999999999", "NaN"])
    func `what is no price is none`(_ text: String) {
        #expect(Money(text) == nil)
    }

    @Test func `an amount is rounded once, and halves go away from zero`() {
        #expect(Money(billionths: 5_000_000).text == "0.01")
        #expect(Money(billionths: 4_999_999).text == "0.00")
        #expect(Money(billionths: -5_000_000).text == "-0.01")
        #expect(Money(billionths: 116_715_900_000).text == "116.72")
    }

    @Test func `thirds of an hour do not accumulate`() {
        let weekend = Quantity(32 * 52, per: 12)
        #expect(weekend == Quantity(416, per: 3))
        #expect(weekend.text == "138.7")
        #expect((Money(billionths: 3) * weekend).billionths == 416)
        #expect((weekend * Quantity(3)) == Quantity(416))
        #expect((Money(billionths: 1_000_000_000) * Quantity(1, per: 3)).billionths == 333_333_333)
    }

    @Test func `the largest fleet is counted`() throws {
        let hours = Quantity(730) * 1000 * Quantity(16384, per: 1024)
        #expect(try #require(Money("0.04048")) * hours == Money(billionths: 472_806_400_000_000))
    }
}
