import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway cost`: what the fleet costs in a month, offline.
struct Cost: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what the fleet costs in a month, line by line.",
        discussion: """
            For each region and in all: around the clock, by the schedule of the fleet file with the load balancer \
            kept, and with it torn down. In US dollars, without tax and free tiers, from a dated price book inside \
            this program; no network, no credentials. What is billed by use is what you say it is: one GB of logs, \
            unless you say otherwise. docs/cost.md has every price with its source.

              slipway cost --compare
              slipway cost --region eu-west-1 --lcu 0.5 --transfer-gb 50
              slipway cost --refresh
            """
    )

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @Flag(help: "Also say what other choices would save.")
    var compare = false

    @Flag(help: "Fetch the regions' prices from AWS's public price list first, and keep them beside the fleet file.")
    var refresh = false

    @Option(help: ArgumentHelp("Another server that has AWS's price list. (default: AWS)", valueName: "url"))
    var priceList: String?

    @OptionGroup(title: "Use of a region in a month") var use: UsageOptions

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func validate() throws {
        if priceList != nil, !refresh { throw ValidationError("--price-list is asked with --refresh only.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let fleet = try effects.fleet(in: file)
        let chosen = try regions.chosen(from: fleet, in: file)
        let shelf = PriceShelf(effects: effects, fleetFile: file)
        if refresh {
            let source = priceList.map { PriceFetch.Source(mirror: $0) } ?? .aws
            try await shelf.refresh(chosen.map(\.name), from: source)
        }
        let book = try shelf.book()
        let bill = try FleetBill(fleet, regions: chosen, usage: use.usage, book: book)
        let savings = compare ? try Savings(fleet, regions: chosen, usage: use.usage, book: book) : nil
        effects.answer(CostAnswer(fleet: fleet, bill: bill, usage: use.usage, savings: savings), as: format)
        return .done
    }
}
