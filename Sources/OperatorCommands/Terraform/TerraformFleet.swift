import FleetModel
import TerminalView
import TerraformDriver

/// Terraform for the regions of a fleet: side by side, as many at once as there is memory for.
struct TerraformFleet: Sendable {
    let fleet: Fleet
    let regions: [RegionTerraform]
    /// How many at once.
    private let places: Int
    private let effects: Effects

    /// What a region's Terraform takes with its provider, in bytes: 0.94 GB, measured.
    private static let memoryOfOne = 1_000_000_000

    init(
        _ options: TerraformOptions,
        _ effects: Effects,
        _ interruption: Interruption,
        report: @escaping @Sendable (RegionNews) -> Void
    ) throws {
        let (fleet, chosen) = try options.fleet.chosen(effects)
        self.init(
            fleet,
            try Self.regions(chosen, fleet, options, effects, interruption, report),
            places: options.parallel
                ?? max(1, (effects.machine.freeMemory() ?? 4 * Self.memoryOfOne) / Self.memoryOfOne),
            effects
        )
    }

    private init(_ fleet: Fleet, _ regions: [RegionTerraform], places: Int, _ effects: Effects) {
        self.fleet = fleet
        self.regions = regions
        self.places = places
        self.effects = effects
    }

    static func program(_ effects: Effects) throws(Problem) -> TerraformProgram.Found {
        if let found = effects.terraform.find() { return found }
        throw Problem(
            .notFound, "there is no terraform on PATH",
            detail: "slipway drives the real Terraform, \(TerraformVersion.least) or newer.",
            hint: "install it: https://developer.hashicorp.com/terraform/install"
        )
    }

    private static func regions(
        _ chosen: [Region],
        _ fleet: Fleet,
        _ options: TerraformOptions,
        _ effects: Effects,
        _ interruption: Interruption,
        _ report: @escaping @Sendable (RegionNews) -> Void
    ) throws -> [RegionTerraform] {
        let program = try program(effects)
        let root = effects.absolute(".slipway")
        var problems: [Problem] = []
        let regions = chosen.compactMap { region -> RegionTerraform? in
            do throws(Problem) {
                let local = effects.absolute("\(LocalStates.folder)/\(region.name).tfstate")
                return RegionTerraform(
                    region: region.name,
                    workspace: TerraformWorkspace(
                        fleet: fleet, region: region.name, root: root, lockTimeout: options.lockTimeout),
                    backend: fleet.state.backend(local: local), localState: local,
                    variables: try TerraformVariables(fleet, region: region).json,
                    program: program, effects: effects, interruption: interruption, report: report
                )
            } catch {
                problems.append(error)
                return nil
            }
        }
        guard problems.isEmpty else { throw Problems(problems) }
        return regions
    }

    /// Writes the configuration out and initialises every region's folder, one after the other: what keeps
    /// Terraform's providers does not bear two writers.
    func prepare() async throws(Problem) -> [RegionOutcome<RegionTerraform>] {
        guard let first = regions.first else { return [] }
        try effects.write(TerraformConfiguration.region.runnable(first.backend), to: first.workspace.configuration)
        try effects.files.makeFolder(effects.absolute(LocalStates.folder))
        var outcomes: [RegionOutcome<RegionTerraform>] = []
        for region in regions {
            outcomes.append(
                await region.outcome { region throws(Problem) in
                    try await region.prepare()
                    return region
                })
        }
        return outcomes
    }

    /// Outcomes in the regions' own order.
    func inOrder<Value: Sendable>(_ outcomes: [RegionOutcome<Value>]) -> [RegionOutcome<Value>] {
        regions.compactMap { region in outcomes.first { $0.region == region.region } }
    }

    /// The same work in several regions, in their order as places come free. One that fails stops none of the others;
    /// after an interruption none begins.
    func inEach<Input: Sendable, Value: Sendable>(
        of inputs: [(RegionTerraform, Input)],
        _ work: @escaping @Sendable (RegionTerraform, Input) async throws(Problem) -> Value
    ) async -> [RegionOutcome<Value>] {
        await withTaskGroup(of: (Int, RegionOutcome<Value>).self) { group in
            var waiting = inputs.enumerated().makeIterator()
            var outcomes: [(Int, RegionOutcome<Value>)] = []
            func begin() {
                guard let (index, (region, input)) = waiting.next() else { return }
                group.addTask {
                    (index, await region.outcome { region throws(Problem) in try await work(region, input) })
                }
            }
            for _ in 0..<places { begin() }
            for await outcome in group {
                outcomes.append(outcome)
                begin()
            }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension RegionTerraform {
    /// What becomes of the region when some work is done with it.
    func outcome<Value: Sendable>(
        _ work: @Sendable (RegionTerraform) async throws(Problem) -> Value
    ) async -> RegionOutcome<Value> {
        guard interruption.count == 0 else {
            let problem = Problem(
                .interrupted, at: .region(region), "was not begun, because of the interruption",
                hint: "the same command again does it")
            return RegionOutcome(region: region, result: .failure(problem))
        }
        do throws(Problem) {
            return RegionOutcome(region: region, result: .success(try await work(self)))
        } catch {
            report(RegionNews(region: region, what: .ended(error.kind == .interrupted ? "interrupted" : "failed")))
            return RegionOutcome(region: region, result: .failure(error))
        }
    }
}
