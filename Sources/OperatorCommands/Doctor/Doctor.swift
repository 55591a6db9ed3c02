import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway doctor`: whether an apply can go well, before it is made.
struct Doctor: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge tools, fleet file, account and regions before an apply.",
        discussion: """
            Looks at the programs on this machine, the fleet file, who signs and what they may do, quotas, the \
            domain's zone and certificate, the bucket of the states and locks that somebody left in it, the image, \
            and whether secrets have values. Each finding is ok, a note, a \
            warning or a problem, with what to do. What can't be looked at is a note. Changes nothing. Exit code 1 \
            where there is a problem.

              slipway doctor --offline     # what needs no AWS
              slipway doctor
            """
    )

    @Flag(help: "Look at this machine and the fleet file only.")
    var offline = false

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let surroundings = effects.aws()
        let (fleet, problems) = try read(effects)
        let chosen = try fleet.map { try options.regions.chosen(from: $0, in: options.file) } ?? []
        var checks = await MachineCheckups.all(for: fleet, surroundings)
        checks += problems.map { Checkup(options.file, .problem, Self.words($0), fix: $0.hint) }
        if let fleet {
            checks += FleetCheckups.all(fleet, in: options.file, at: surroundings.now())
            if !offline { checks += await inAWS(fleet, chosen, effects, surroundings) }
        }
        let answer = DoctorAnswer(checks: checks)
        effects.answer(answer, as: format)
        return answer.isGood ? .done : .failed
    }

    /// The fleet, or what is wrong with its file.
    private func read(_ effects: Effects) throws -> (Fleet?, [Problem]) {
        do {
            return (try effects.fleet(in: options.file), [])
        } catch let problems as Problems {
            return (nil, problems.all)
        } catch let problem as Problem {
            return (nil, [problem])
        }
    }

    private static func words(_ problem: Problem) -> String {
        let line =
            switch problem.place {
            case .file(_, let line?, _): "line \(line): "
            default: ""
            }
        return line + [problem.summary, problem.detail].compactMap { $0 }.joined(separator: ". ")
    }

    private func inAWS(
        _ fleet: Fleet,
        _ chosen: [Region],
        _ effects: Effects,
        _ surroundings: AWSSurroundings
    ) async -> [Checkup] {
        let credentials: Credentials
        do {
            credentials = try await AWSClient.credentials(surroundings)
        } catch {
            return [Checkup(AccountCheckups.place, .problem, error.summary, fix: error.hint)]
        }
        guard let first = chosen.first else { return [] }
        let client = AWSClient(region: first.name, credentials: credentials, surroundings)
        let account = await AccountCheckups(reader: AccountReader(client)).all(for: fleet)
        // Who can't be asked for a name can't be asked for more.
        guard account.first?.verdict == .ok else { return account }
        let state = await StateCheckups(fleet: fleet, credentials: credentials, surroundings: surroundings)
            .all(for: chosen)
        let now = surroundings.now()
        let outcomes = await effects.inEach(of: chosen, credentials, surroundings) { client, region throws(Problem) in
            await RegionCheckups(fleet: fleet, region: region, client: client, now: now).all()
        }
        return account + state + outcomes.compactMap(\.value).flatMap { $0 }
    }
}
