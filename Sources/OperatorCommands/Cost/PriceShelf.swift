import AWSOperations
import FleetModel

/// Where prices are found: those of the program, under those that were fetched and lie beside the fleet file.
struct PriceShelf {
    let effects: Effects
    let fleetFile: String

    /// The fetched book's path, as an operator reads it.
    private var file: String {
        let folder = fleetFile.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + PriceBook.fileName.split(separator: "/")).joined(separator: "/")
    }

    func book() throws(Problem) -> PriceBook { PriceBook.builtIn.under(try fetched()) }

    private func fetched() throws(Problem) -> PriceBook {
        guard let text = try effects.files.read(effects.absolute(file)) else { return PriceBook([:]) }
        return try PriceBook.parse(text, named: file)
    }

    /// Fetches the regions' prices and keeps those that came; throws a problem for each region that has none.
    func refresh(_ regions: [String], from source: PriceFetch.Source) async throws {
        let fetch = PriceFetch(web: effects.web, source: source, today: effects.today())
        var book = try fetched()
        var problems: [Problem] = []
        for region in regions {
            effects.console.err("\(region): fetching prices\n")
            do {
                let answer = try await fetch.prices(in: region)
                for note in answer.notes { effects.console.err("\(note)\n") }
                book = book.under(PriceBook([region: answer.prices]))
            } catch {
                problems.append(error)
            }
        }
        if problems.count < regions.count {
            let path = effects.absolute(file)
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            try effects.files.makeFolder(folder.joined(separator: "/"))
            try effects.files.write(path, book.json)
            effects.console.err("Kept in \(file).\n")
        }
        guard problems.isEmpty else { throw Problems(problems) }
    }
}
