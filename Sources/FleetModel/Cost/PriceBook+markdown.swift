extension PriceBook {
    /// The manual's table of prices: a row for each charge, a column for each region, then dates and sources.
    package var markdown: String {
        let rows = Charge.allCases.map { charge in
            let prices = regions.map { known(charge, in: $0) }
            let cells = prices.map { $0?.usd.exactText ?? "none" }
            let origins = regions.compactMap { region -> String? in
                known(charge, in: region).map { "\($0.source), \($0.date)" }
            }
            let distinct = origins.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return "| `\(charge.rawValue)` | \(cells.joined(separator: " | ")) | \(distinct.joined(separator: "; ")) |"
        }
        return """
            | US dollars | \(regions.joined(separator: " | ")) | from |
            |---|\(String(repeating: "---|", count: regions.count))---|
            \(rows.joined(separator: "\n"))
            """
    }

    /// The prices alone, as `terraform/region/prices.tf` holds them, in `terraform fmt`'s own form.
    package var terraform: String {
        let regions = regions.map { region in
            let known = Charge.allCases.compactMap { charge in self.known(charge, in: region).map { (charge, $0.usd) } }
            let width = (known.map(\.0.rawValue.count).max() ?? 0) + 2
            let rows = known.map { charge, usd in
                let name = "\"\(charge.rawValue)\""
                let padding = String(repeating: " ", count: width - name.count)
                return "      \(name)\(padding) = \"\(usd.exactText)\"\n"
            }
            return "    \"\(region)\" = {\n\(rows.joined())    }\n"
        }
        return """
            # The price book of `slipway cost`, which a test holds to be this one; docs/cost.md says where each price is from.
            # US dollars; texts, so that none of them passes through a binary fraction.

            locals {
              prices = {
            \(regions.joined())  }
            }

            """
    }
}
