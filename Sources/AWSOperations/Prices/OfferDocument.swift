import FleetModel
import Foundation

/// An offer of AWS's price list for one region, as far as prices are read from it ("Reading the service price list
/// file", AWS Billing User Guide).
struct OfferDocument: Decodable {
    let publicationDate: String
    private let products: [String: Product]
    private let terms: Terms

    private struct Product: Decodable {
        let attributes: Attributes
    }

    private struct Attributes: Decodable {
        let usagetype: String?
        let operation: String?
    }

    private struct Terms: Decodable {
        let onDemand: [String: [String: Term]]?

        private enum CodingKeys: String, CodingKey {
            case onDemand = "OnDemand"
        }
    }

    private struct Term: Decodable {
        let priceDimensions: [String: Dimension]
    }

    private struct Dimension: Decodable {
        let beginRange: String?
        let pricePerUnit: [String: String]
    }

    /// The day it was published.
    var date: String { String(publicationDate.prefix(10)) }

    /// What bills put before a region's usage types: `EU` for eu-west-1. Read from what every region has.
    var regionPrefix: String? {
        let suffix = "-Fargate-vCPU-Hours:perCPU"
        return products.values.compactMap(\.attributes.usagetype).first { $0.hasSuffix(suffix) }
            .map { String($0.dropLast(suffix.count)) }
    }

    /// The price of a listing: that of its operation, else the one that all its products have in common.
    func price(of listing: PriceListing, prefixes: [String]) -> Money? {
        let names = Set([listing.usageType] + prefixes.map { "\($0)-\(listing.usageType)" })
        let matching = products.filter { $0.value.attributes.usagetype.map(names.contains) ?? false }
        let exact = matching.filter { $0.value.attributes.operation == listing.operation }
        let prices = Set((exact.isEmpty ? matching : exact).keys.compactMap(firstPrice))
        return prices.count == 1 ? prices.first : nil
    }

    /// Of a price in steps the first that is not free.
    private func firstPrice(_ sku: String) -> Money? {
        let dimensions = terms.onDemand?[sku]?.values.flatMap(\.priceDimensions.values) ?? []
        return
            dimensions
            .compactMap { dimension -> (begin: Money, usd: Money)? in
                guard let usd = dimension.pricePerUnit["USD"].flatMap({ Money($0) }), usd > .zero else { return nil }
                return (dimension.beginRange.flatMap { Money($0) } ?? .zero, usd)
            }
            .min { $0.begin < $1.begin }?
            .usd
    }
}
