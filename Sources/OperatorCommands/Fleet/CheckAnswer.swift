import FleetModel
import TerminalView

/// What `slipway check` found: the fleet, or what is wrong with it.
struct CheckAnswer: Answer {
    let file: String
    let isGood: Bool
    /// With the regions that are shown.
    let fleet: Fleet?
    /// How many the file has.
    private let regionCount: Int
    let problems: [Problem]

    private enum CodingKeys: String, CodingKey {
        case file, fleet, problems
        case isGood = "good"
    }

    init(file: String, fleet: Fleet, showing regions: [Region]) {
        self.file = file
        self.fleet = fleet.keeping(regions)
        regionCount = fleet.regions.count
        isGood = true
        problems = []
    }

    init(file: String, problems: [Problem]) {
        self.file = file
        self.problems = problems
        isGood = false
        fleet = nil
        regionCount = 0
    }

    func text(ink: Ink) -> String {
        guard let fleet else { return ProblemView.text(Problems(problems), ink: ink) }
        return """
            \(file) is good: \(fleet.projectName) (\(fleet.environment)) in \(count(regionCount, "region")).

            \(facts(fleet).map { "\($0.name):".padded(to: 10) + $0.value }.joined(separator: "\n"))

            \(table(fleet).text(ink: ink))
            """
    }

    private func facts(_ fleet: Fleet) -> [(name: String, value: String)] {
        let server =
            switch fleet.server.transport {
            case .stdio(let command): command.joined(separator: " ") + " (stdio)"
            case .http(let url, let command):
                command.isEmpty ? "\(url) (HTTP)" : command.joined(separator: " ") + " (HTTP at \(url))"
            }
        return [
            ("Server", server),
            ("Image", fleet.server.image ?? "none yet; a local run needs none, AWS does"),
            ("Runs", fleet.schedule.isWeekendOnly ? fleet.schedule.hoursInWords : "always"),
            ("Domain", fleet.domain.isEnabled ? fleet.domain.host : "none"),
        ]
    }

    private func table(_ fleet: Fleet) -> Table {
        var table = Table(["REGION", "NETWORK", "ZONES", "TASKS", "CPU", "MEMORY"])
        for region in fleet.regions {
            let zones = region.network.availabilityZones.map { $0.dropFirst(region.name.count) }
            table.add([
                region.name, "\(region.network.vpc)", zones.joined(separator: " "), "\(region.task.desiredCount)",
                "\(region.task.cpu)", "\(region.task.memory)",
            ])
        }
        return table
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
