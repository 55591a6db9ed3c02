import Logging
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The starts of a server` {
    private final class HandClock {
        var now = NIODeadline.now()
    }

    private let clock = HandClock()
    private let starts: ServerStarts

    init() {
        let clock = clock
        starts = ServerStarts(log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })) { clock.now }
    }

    @Test func `fail where initialize is never answered`() {
        starts.started().ended("it exited with status 3")
        #expect(starts.counts == .init(started: 1, restarted: 0, failed: 1, crashed: 0))
        #expect(starts.policy.streak?.reason == "it exited with status 3")
    }

    @Test func `succeed with the first answer, and forget what was before`() {
        starts.failed("it could not be started")
        let start = starts.started()
        start.answered()
        start.answered()
        #expect(starts.policy.streak == nil)
        #expect(starts.counts.failed == 1)
    }

    @Test func `count a crash soon after the answer, and none after a long life`() {
        let short = starts.started()
        short.answered()
        clock.now = clock.now + .seconds(9)
        short.ended("it was ended by signal 9")
        #expect(starts.policy.streak?.count == 1)
        let long = starts.started(again: true)
        long.answered()
        clock.now = clock.now + .seconds(11)
        long.ended("it was ended by signal 9")
        #expect(starts.policy.streak == nil)
        #expect(starts.counts == .init(started: 2, restarted: 1, failed: 0, crashed: 2))
    }

    @Test func `hear of an end once`() {
        let start = starts.started()
        start.ended("it did not answer initialize in 3 s")
        start.ended("it was ended by signal 15")
        #expect(starts.counts.failed == 1)
        #expect(starts.counts.crashed == 0)
    }

    @Test func `wait in the pause, and say why and for how long`() throws {
        for _ in 1...3 { starts.failed("it exited with status 3") }
        #expect(!starts.canStart(clock.now))
        let held = #expect(throws: SpawnFailure.self) { try starts.attempt { "never reached" } }
        let words = try #require(held).description
        #expect(words == "it exited with status 3, 3 times in 0 s; the next start is tried in 1 s")
        #expect(starts.counts.failed == 3)
        clock.now = clock.now + .seconds(1)
        #expect(try starts.attempt { "reached" } == "reached")
    }

    @Test func `fail where the command can't be run`() {
        for number in 1...2 {
            #expect(throws: SpawnFailure.notFound("nobody")) {
                try starts.attempt { () throws(SpawnFailure) -> Int in throw SpawnFailure.notFound("nobody") }
            }
            #expect(starts.counts.failed == number)
        }
    }
}
