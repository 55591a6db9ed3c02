import AWSOperations
import FleetModel
import Foundation
import Testing

@testable import OperatorCommands

@Suite struct CostVerbTests {
    private let file = """
        project_name: my-mcp
        server: { command: [x] }
        regions: { eu-west-1: {}, us-east-1: {} }
        schedule: { enable_weekend_only: true }
        """

    private func bench(_ text: String? = nil, prices: String? = nil) -> Workbench {
        var files = ["/srv/my-mcp/slipway.yaml": text ?? file]
        files["/srv/my-mcp/.slipway/prices.json"] = prices
        return Workbench(files: files)
    }

    @Test func `one region is shown line by line, offline`() async {
        let bench = bench()
        #expect(await bench.run("cost", "--region", "eu-west-1", "--transfer-gb", "100") == 0)
        #expect(
            bench.out == """
                my-mcp (dev): US dollars a month, by prices of 2026-07 to 2026-10.

                eu-west-1
                LINE                               PRICE       24/7  SCHEDULE  TORN DOWN
                Fargate vCPU                       0.04048    59.10     11.23      11.23
                Fargate memory                     0.004445   19.47      3.70       3.70
                tasks' public addresses            0.005       7.30      1.39       1.39
                load balancer                      0.0252     18.40     18.40       3.49
                load balancer's capacity units     0.008       0.00      0.00       0.00
                load balancer's public addresses   0.005      10.95     10.95       2.08
                secret                             0.4         0.40      0.40       0.40
                private DNS zone                   0.5         0.50      0.50       0.50
                logs written                       0.57        0.57      0.57       0.57
                logs kept                          0.03        0.03      0.03       0.03
                transfer to clients                0.09        9.00      9.00       9.00
                transfer between zones, both ends  0.01        0.00      0.00       0.00
                total                                        125.72     56.16      32.39

                As the fleet file has it, the fleet follows the schedule and keeps the load balancer: 56.16 a month.
                SCHEDULE is Saturdays and Sundays, 6:00 to 22:00 UTC, 32 hours a week. TORN DOWN also removes the load \
                balancer outside of them.
                Assumed for each region: 1 GB of logs, 0 capacity units, 100 GB to clients. Without tax and free tiers.

                """
        )
        #expect(bench.err.isEmpty)
    }

    @Test func `all regions are summed, and choices compared`() async {
        let bench = bench()
        #expect(await bench.run("cost", "--compare") == 0)
        #expect(bench.out.contains("total      231.39     92.27      46.33\n"))
        #expect(bench.out.contains("ARM                                        86.31   5.97  architecture: ARM64\n"))
    }

    @Test func `JSON has exact lines and totals to the cent`() async throws {
        let bench = bench()
        #expect(await bench.run("cost", "--json", "--compare") == 0)
        #expect(bench.out.contains("\"usd_per_month_as_configured\" : 92.27"))
        #expect(bench.out.contains("\"always\" : 116.72") && bench.out.contains("\"weekend_destroying_alb\" : 22.94"))
        #expect(bench.out.contains("\"price\" : 0.04048") && bench.out.contains("\"mode\" : \"weekend_keeping_alb\""))
        #expect(bench.out.contains("\"always\" : 18.396"))
        _ = try JSONSerialization.jsonObject(with: Data(bench.out.utf8))
    }

    @Test(arguments: [
        (["--logs-gb", "-1"], "--logs-gb is a number from 0 to 1000000 with at most 6 digits behind the point."),
        (["--lcu", "1e3"], "--lcu is a number from 0 to 1000000 with at most 6 digits behind the point."),
        (["--nat-gb", "1000001"], "--nat-gb is a number from 0 to 1000000 with at most 6 digits behind the point."),
        (["--price-list", "http://127.0.0.1:1"], "--price-list is asked with --refresh only."),
    ])
    func `use that is no number is a usage error`(_ words: [String], _ message: String) async {
        let bench = bench()
        #expect(await bench.run("cost", words[0] + "=" + words[1]) == 64)
        #expect(bench.err.contains("Error: \(message)"))
    }

    @Test func `a region that the file does not have is refused with those it has`() async {
        let bench = bench()
        #expect(await bench.run("cost", "--region", "eu-west-3") == 1)
        #expect(
            bench.err == "Error: slipway.yaml: regions has no eu-west-3\n  Hint: name one of eu-west-1, us-east-1\n")
    }

    @Test func `prices are fetched, kept beside the fleet file, and used from then on`() async throws {
        let bench = bench()
        #expect(
            await bench.run(
                "cost", "--region", "us-east-1", "--refresh", "--price-list", "https://mirror.example",
                web: PriceListDouble.client(cpu: "0.0500000000")
            ) == 0
        )
        #expect(bench.err == "us-east-1: fetching prices\nKept in .slipway/prices.json.\n")
        #expect(bench.out.contains("by prices of 2026-10 to 2026-11-01.\n"))
        #expect(bench.out.contains("Fargate vCPU                       0.05"))
        let kept = try #require(bench.files["/srv/my-mcp/.slipway/prices.json"])
        #expect(kept.contains("\"date\" : \"2026-11-23\"") && kept.contains("\"source\" : \"AWS Spot feed\""))
        let later = Workbench(files: bench.files)
        #expect(await later.run("cost", "--region", "us-east-1") == 0)
        #expect(later.out == bench.out)
    }

    @Test func `a region whose prices do not come is told, and the others' are kept`() async {
        let bench = bench()
        #expect(
            await bench.run("cost", "--refresh", web: PriceListDouble.client(cpu: "0.05", refused: "eu-west-1")) == 1)
        #expect(
            bench.err == """
                eu-west-1: fetching prices
                us-east-1: fetching prices
                Kept in .slipway/prices.json.
                Error: eu-west-1: its prices were not fetched
                  https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECS/current/eu-west-1/index.json: it answered \
                503. The prices that were known are unchanged.
                  Hint: try again where the internet is reached; without --refresh the known prices are used

                """
        )
        #expect(bench.files["/srv/my-mcp/.slipway/prices.json"]?.contains("us-east-1") == true)
    }

    @Test func `a spoilt file of prices is named`() async {
        let bench = bench(prices: "{")
        #expect(await bench.run("cost") == 1)
        #expect(bench.err.hasPrefix("Error: .slipway/prices.json: these prices can't be read"))
    }
}
