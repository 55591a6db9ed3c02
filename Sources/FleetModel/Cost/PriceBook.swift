/// The prices of every region that anybody looked up.
package struct PriceBook: Equatable, Sendable {
    package private(set) var pricesByRegion: [String: [Charge: Price]]

    package init(_ pricesByRegion: [String: [Charge: Price]]) {
        self.pricesByRegion = pricesByRegion
    }

    package var regions: [String] { pricesByRegion.keys.sorted() }

    /// The price, where the book has it. What costs the same everywhere is known of every region in the book.
    func known(_ charge: Charge, in region: String) -> Price? {
        guard let prices = pricesByRegion[region] else { return nil }
        return prices[charge] ?? (Charge.sameEverywhere.contains(charge) ? Self.everywhere[charge] : nil)
    }

    /// The price, or a problem that names the one step to have it.
    package func price(of charge: Charge, in region: String) throws(Problem) -> Price {
        if let price = known(charge, in: region) { return price }
        guard let prices = pricesByRegion[region], !prices.isEmpty else {
            throw Problem(
                .notFound,
                at: .region(region),
                "its prices are not in the price book",
                detail: "The book that slipway carries has \(PriceBook.builtIn.regions.joined(separator: ", ")).",
                hint: "fetch them from AWS's public price list with: slipway cost --refresh --region \(region)"
            )
        }
        throw Problem(
            .notFound,
            at: .region(region),
            "the price book has no price for \(charge.rawValue)",
            hint: charge.isInPriceList
                ? "fetch it from AWS's public price list with: slipway cost --refresh --region \(region)"
                : "write it into \(PriceBook.fileName): \"regions\": { \"\(region)\": { \"\(charge.rawValue)\": "
                    + "{ \"usd\": \"0.00\", \"date\": \"2026-10\", \"source\": \"me\" } } }"
        )
    }

    /// These prices, with those of `other` wherever it has any.
    package func under(_ other: PriceBook) -> PriceBook {
        PriceBook(
            pricesByRegion.merging(other.pricesByRegion) { own, theirs in own.merging(theirs) { $1 } }
        )
    }

    /// Where a refreshed book is kept, beside the fleet file.
    package static let fileName = ".slipway/prices.json"
}
