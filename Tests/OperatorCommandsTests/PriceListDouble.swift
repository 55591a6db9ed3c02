import AWSOperations

/// AWS's price list as far as it is asked: documents of its form with one price of Fargate to choose.
enum PriceListDouble {
    static func client(cpu: String, refused: String = "nobody") -> WebClient {
        WebClient { request in
            if request.url.contains("/\(refused)/") { return .success(WebResponse(status: 503, body: [])) }
            return .success(WebResponse(status: 200, body: Array(document(request.url, cpu).utf8)))
        }
    }

    private static func document(_ url: String, _ cpu: String) -> String {
        let isEurope = url.contains("/eu-west-1/")
        let ecs = isEurope ? "EU" : "USE1"
        return switch url.split(separator: "/") {
        case let parts where parts.contains("AmazonECS"):
            offer([
                ("\(ecs)-Fargate-vCPU-Hours:perCPU", "", cpu), ("\(ecs)-Fargate-GB-Hours", "", "0.0044450000"),
                ("\(ecs)-Fargate-Windows-vCPU-Hours:perCPU", "", "0.0465520000"),
            ])
        case let parts where parts.contains("AWSELB"):
            offer([
                (isEurope ? "EU-LoadBalancerUsage" : "LoadBalancerUsage", "LoadBalancing:Application", "0.0225"),
                (isEurope ? "EU-LoadBalancerUsage" : "LoadBalancerUsage", "LoadBalancing:Network", "0.0999"),
                (isEurope ? "EU-TS-LoadBalancerUsage" : "TS-LoadBalancerUsage", "LoadBalancing:Application", "0.0055"),
            ])
        case let parts where parts.contains("fargate-spot-prices.json"):
            """
            {"prices": [{"unit": "vCPU-Hours", "price": {"USD": "0.01"}, "attributes": {"aws:region": "us-east-1"}},
                        {"unit": "vCPU-Hours", "price": {"USD": "0.02"}, "attributes": {"aws:region": "eu-west-1"}}]}
            """
        default: offer([])
        }
    }

    private static func offer(_ rows: [(usageType: String, operation: String, usd: String)]) -> String {
        let products = rows.enumerated().map { index, row in
            "\"SKU\(index)\": {\"sku\": \"SKU\(index)\", \"attributes\": {\"usagetype\": \"\(row.usageType)\", "
                + "\"operation\": \"\(row.operation)\"}}"
        }
        let terms = rows.enumerated().map { index, row in
            "\"SKU\(index)\": {\"SKU\(index).T\": {\"priceDimensions\": {\"free\": {\"beginRange\": \"0\", "
                + "\"pricePerUnit\": {\"USD\": \"0.0000000000\"}}, \"paid\": {\"beginRange\": \"10\", \"endRange\": \"Inf\", "
                + "\"pricePerUnit\": {\"USD\": \"\(row.usd)\"}}}}}"
        }
        return """
            {"formatVersion": "v1.0", "publicationDate": "2026-11-01T09:00:00Z",
             "products": {\(products.joined(separator: ","))}, "terms": {"OnDemand": {\(terms.joined(separator: ","))}}}
            """
    }
}
