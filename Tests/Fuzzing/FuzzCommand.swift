import ArgumentParser
import Foundation

/// `slipway-fuzz`: throws seeded inputs at whatever strangers' bytes reach, and holds the outcome to what it must be.
@main
struct FuzzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway-fuzz",
        abstract: "Searches for an input that breaks the gateway.",
        discussion: """
            Prints one line an area. What does not hold is told with the area, the seed and the input in hexadecimal, \
            and the program exits with 1.
            """
    )

    @Option(help: "Inputs in all, shared out among the areas.")
    var inputs = 2_000_000

    @Option(help: "Names every input; only the timing of the area http is its own.")
    var seed: UInt64 = 1

    @Option(
        help: "An area to run, repeatable: \((LastInput.areas.map(\.name) + [EdgeRun.name]).joined(separator: ", "))")
    var area: [String] = []

    @Option(help: "The index of each area's first input.")
    var first = 0

    @Option(help: "Seconds after which the area http stops wherever it is.")
    var httpSeconds = 240

    @Flag(help: .hidden)
    var serve = false

    func validate() throws {
        guard inputs > 0, first >= 0, httpSeconds > 0 else { throw ValidationError("Numbers are greater than zero.") }
        let known = LastInput.areas.map(\.name) + [EdgeRun.name]
        if let strange = area.first(where: { !known.contains($0) }) {
            throw ValidationError("There is no area '\(strange)'; there are \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        if serve { return EchoServer.run() }
        LastInput.watch(seed: seed)
        do {
            for area in LastInput.areas where isWanted(area.name) {
                say(try FuzzRun(seed: seed, first: first).run(area, inputs: count(of: area.share)).line)
            }
            guard isWanted(EdgeRun.name) else { return }
            let edge = EdgeRun(seed: seed, first: first, patience: .seconds(httpSeconds))
            say(try await edge.run(connections: count(of: EdgeRun.share)).line)
        } catch let violation as Violation {
            say(violation.text)
            throw ExitCode(1)
        }
    }

    /// A line that is there even if the program is gone the moment after.
    private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    private func isWanted(_ name: String) -> Bool { area.isEmpty || area.contains(name) }

    /// All of the inputs where one area was named.
    private func count(of share: Int) -> Int { area.count == 1 ? inputs : max(1, inputs * share / 1_000) }
}
