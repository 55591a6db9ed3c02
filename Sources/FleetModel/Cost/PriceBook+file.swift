import Foundation

/// The book as a file: `{"regions": {"eu-west-1": {"secret-month": {"usd": "0.4", "date": "...", "source": "..."}}}}`.
extension PriceBook {
    private struct Document: Codable {
        var regions: [String: [String: Entry]]

        struct Entry: Codable {
            var usd: String
            var date: String
            var source: String
        }
    }

    /// Reads what `json` wrote, and what a person added by hand.
    package static func parse(_ text: String, named file: String) throws(Problem) -> PriceBook {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        } catch {
            throw unreadable(file, "it is not a price book that slipway wrote")
        }
        var book: [String: [Charge: Price]] = [:]
        for (region, entries) in document.regions {
            for (name, entry) in entries {
                guard let charge = Charge(rawValue: name) else {
                    throw unreadable(file, "nothing that is billed is called \(name)")
                }
                guard let usd = Money(entry.usd) else {
                    throw unreadable(file, "the price of \(name) in \(region) is no number of dollars")
                }
                book[region, default: [:]][charge] = Price(usd: usd, date: entry.date, source: entry.source)
            }
        }
        return PriceBook(book)
    }

    /// The same book always gives the same bytes.
    package var json: String {
        let regions = pricesByRegion.mapValues { prices in
            Dictionary(
                uniqueKeysWithValues: prices.map { charge, price in
                    (
                        charge.rawValue,
                        Document.Entry(usd: price.usd.exactText, date: price.date, source: price.source)
                    )
                }
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(Document(regions: regions)), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("texts always encode")
        }
    }

    private static func unreadable(_ file: String, _ why: String) -> Problem {
        Problem(
            .syntax,
            at: .file(file),
            "these prices can't be read: \(why)",
            hint: "mend it, or remove the file to use the prices that slipway carries"
        )
    }
}
