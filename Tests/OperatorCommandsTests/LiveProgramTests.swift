import AWSOperations
import Testing

@testable import OperatorCommands

/// Programs that are really run.
@Suite struct LiveProgramTests {
    @Test func `what a program prints is its answer, and its last complaint is told`() async {
        #expect(await LiveProgram.run(["sh", "-c", "echo keys; echo hint >&2"]) == .answered("keys\n"))
        #expect(await LiveProgram.run(["sh", "-c", "echo a >&2; echo b >&2; exit 3"]) == .failed("b"))
        #expect(await LiveProgram.run(["sh", "-c", "head -c 300000 /dev/zero >&2; echo done"]) == .answered("done\n"))
    }

    @Test func `only a program that is not there is missing`() async {
        #expect(await LiveProgram.run(["slipway-no-such-program"]) == .missing)
        #expect(await LiveProgram.run(["sh", "-c", "echo no such helper >&2; exit 127"]) == .failed("no such helper"))
    }

    @Test(arguments: ["trap '' TERM; sleep 300", "sleep 300 & echo started"])
    func `whoever does not end, or leaves its output open, is waited for no longer`(_ script: String) async {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(await LiveProgram.run(["sh", "-c", script], patience: 1) == .overdue(seconds: 1))
        // Far below the program's own time, and far above what a crowded machine adds.
        #expect(clock.now - start < .seconds(200))
    }
}
