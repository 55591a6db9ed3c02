import Foundation
import Testing

@testable import FleetModel

@Suite struct PriceBookTests {
    @Test func `the manual's table of prices is the book`() throws {
        let manual = try String(contentsOf: Repository.root.appending(path: "docs/cost.md"), encoding: .utf8)
        #expect(
            manual.contains("<!-- prices -->\n\n\(PriceBook.builtIn.markdown)\n\n<!-- end of prices -->"),
            "put this between the two comments in docs/cost.md:\n\(PriceBook.builtIn.markdown)"
        )
    }

    @Test func `Terraform's prices are the book's`() throws {
        let file = Repository.root.appending(path: "terraform/region/prices.tf")
        #expect(
            try String(contentsOf: file, encoding: .utf8) == PriceBook.builtIn.terraform,
            "write this to terraform/region/prices.tf:\n\(PriceBook.builtIn.terraform)"
        )
    }

    @Test func `each price has a source and a date`() {
        for prices in PriceBook.builtIn.pricesByRegion.values {
            #expect(prices.values.allSatisfy { !$0.source.isEmpty && $0.date.hasPrefix("2026-") && $0.usd > .zero })
        }
    }

    @Test func `a book is read as it was written, and lies over another`() throws {
        let written = try PriceBook.parse(PriceBook.builtIn.json, named: "prices.json")
        #expect(written == .builtIn)
        let newer = PriceBook([
            "eu-west-1": [.balancer: Price(usd: Money(billionths: 1), date: "2027-01-01", source: "a test")]
        ])
        let both = PriceBook.builtIn.under(newer)
        #expect(try both.price(of: .balancer, in: "eu-west-1").source == "a test")
        #expect(try both.price(of: .secret, in: "eu-west-1").usd == Money("0.4"))
        #expect(try both.price(of: .balancer, in: "us-east-1").usd == Money("0.0225"))
    }

    @Test(arguments: [
        ("{", "it is not a price book that slipway wrote"),
        (
            #"{"regions":{"eu-west-1":{"gold":{"usd":"1","date":"","source":""}}}}"#,
            "nothing that is billed is called gold"
        ),
        (
            #"{"regions":{"eu-west-1":{"secret-month":{"usd":"free","date":"","source":""}}}}"#,
            "the price of secret-month in eu-west-1 is no number of dollars"
        ),
    ])
    func `a spoilt book is said to be so`(_ text: String, _ why: String) {
        let problem = #expect(throws: Problem.self) { try PriceBook.parse(text, named: ".slipway/prices.json") }
        #expect(problem?.summary == "these prices can't be read: \(why)")
        #expect(problem?.hint == "mend it, or remove the file to use the prices that slipway carries")
    }
}
