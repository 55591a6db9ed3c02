import FleetModel
import Foundation

/// Fetches a region's prices from AWS's public price list, which asks for no credentials.
package struct PriceFetch: Sendable {
    /// AWS's own addresses, or another server that has both at the same paths.
    package struct Source: Sendable, Equatable {
        let list: String
        let spot: String

        package static let aws = Source(
            list: "https://pricing.us-east-1.amazonaws.com", spot: "https://dftu77xade0tc.cloudfront.net"
        )

        private init(list: String, spot: String) {
            self.list = list
            self.spot = spot
        }

        package init(mirror: String) {
            let base = mirror.hasSuffix("/") ? String(mirror.dropLast()) : mirror
            self.init(list: base, spot: base)
        }
    }

    private let web: WebClient
    private let source: Source
    /// The day it is, for the Spot feed, which carries no date of its own.
    private let today: String

    package init(web: WebClient, source: Source, today: String) {
        self.web = web
        self.source = source
        self.today = today
    }

    /// Every price of the region that the list has. Spot prices are left out where their feed does not answer, as
    /// nobody promises it.
    package func prices(in region: String) async throws(Problem) -> (prices: [Charge: Price], notes: [String]) {
        var prices: [Charge: Price] = [:]
        var prefixes = [region]
        for offer in PriceListing.offers {
            let url = source.list + PriceListing.path(offer: offer, region: region)
            let document: OfferDocument = try await fetch(url, region)
            if let prefix = document.regionPrefix { prefixes.append(prefix) }
            for listing in PriceListing.all where listing.offer == offer {
                guard let usd = document.price(of: listing, prefixes: prefixes) else { continue }
                prices[listing.charge] = Price(usd: usd, date: document.date, source: "AWS price list")
            }
        }
        guard prices[.fargateX86CPU] != nil, prices[.balancer] != nil else {
            throw Problem(
                .refused,
                at: .region(region),
                "AWS's price list has no Fargate or no load balancers for this region",
                detail: "Asked: \(source.list). The prices that were known are unchanged.",
                hint: "see which regions have Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
                    + "AWS_Fargate-Regions.html"
            )
        }
        do {
            let spot: SpotDocument = try await fetch(source.spot + PriceListing.spotPath, region)
            for (charge, usd) in spot.prices(in: region) {
                prices[charge] = Price(usd: usd, date: today, source: "AWS Spot feed")
            }
            return (prices, [])
        } catch {
            return (prices, ["\(region): no Spot prices, as their feed gave none. \(error.detail ?? error.summary)"])
        }
    }

    /// The largest document read so far has some megabytes.
    private static let largest = 64 << 20
    private static let patience = Duration.seconds(60)

    private func fetch<Document: Decodable>(_ url: String, _ region: String) async throws(Problem) -> Document {
        let request = WebRequest(
            url: url,
            headers: [WebRequest.Header("accept", "application/json")],
            limit: Self.largest,
            timeout: Self.patience
        )
        let response: WebResponse
        switch await web.send(request) {
        case .success(let answer): response = answer
        case .failure(let failure): throw Self.problem(region, url, failure.words)
        }
        guard response.status == 200 else { throw Self.problem(region, url, "it answered \(response.status)") }
        do {
            return try JSONDecoder().decode(Document.self, from: Data(response.body))
        } catch {
            throw Self.problem(region, url, "it is no price list")
        }
    }

    private static func problem(_ region: String, _ url: String, _ words: String) -> Problem {
        Problem(
            .unavailable,
            at: .region(region),
            "its prices were not fetched",
            detail: "\(url): \(words). The prices that were known are unchanged.",
            hint: "try again where the internet is reached; without --refresh the known prices are used"
        )
    }
}
