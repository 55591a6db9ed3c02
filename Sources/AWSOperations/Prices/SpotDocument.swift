import FleetModel

/// The feed behind the Spot prices of AWS's Fargate page.
struct SpotDocument: Decodable {
    let prices: [Entry]

    struct Entry: Decodable {
        let unit: String
        let price: [String: String]
        let attributes: [String: String]
    }

    /// The prices of one region.
    func prices(in region: String) -> [Charge: Money] {
        let here = prices.filter { $0.attributes["aws:region"] == region }
        return here.reduce(into: [:]) { found, entry in
            guard let charge = Self.charges[entry.unit], let usd = entry.price["USD"].flatMap({ Money($0) }) else {
                return
            }
            found[charge] = usd
        }
    }

    private static let charges: [String: Charge] = [
        "vCPU-Hours": .spotX86CPU, "GB-Hours": .spotX86Memory,
        "ARM-vCPU-Hours": .spotARMCPU, "ARM-GB-Hours": .spotARMMemory,
    ]
}
