import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `A server that does not start` {
    private let start = NIODeadline.now()

    private func policy(failures: Int, every interval: TimeAmount) -> CrashPolicy {
        var policy = CrashPolicy()
        for number in 0..<failures {
            policy.failed(
                "it exited with status \(number)", now: start + .nanoseconds(interval.nanoseconds * Int64(number)))
        }
        return policy
    }

    @Test func `may be started again at once after one failure`() {
        #expect(policy(failures: 1, every: .zero).pause(now: start) == nil)
    }

    @Test func `is started after pauses that double, up to the longest`() {
        var policy = CrashPolicy()
        var now = start
        policy.failed("x", now: now)
        var pauses: [Int64] = []
        for _ in 1...8 {
            policy.failed("x", now: now)
            let pause = policy.pause(now: now) ?? .zero
            pauses.append(pause.wholeSeconds)
            now = now + pause
            #expect(policy.pause(now: now) == nil)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
    }

    @Test func `pauses once for starts that fail together`() {
        let many = policy(failures: 50, every: .milliseconds(1))
        #expect((many.pause(now: start + .milliseconds(50)) ?? .zero) <= CrashPolicy.firstPause)
        #expect(many.streak?.count == 50)
        #expect(many.streak?.reason == "it exited with status 49")
    }

    @Test func `makes the gateway unhealthy at the fifth failure in a row`() {
        #expect(policy(failures: 4, every: .seconds(9)).unhealthyTime(now: start + .seconds(40)) == nil)
        let broken = policy(failures: 5, every: .seconds(9))
        #expect(broken.unhealthyTime(now: start + .seconds(40)) == .seconds(4))
    }

    @Test func `is unhealthy since the fifth failure, not the latest`() {
        let broken = policy(failures: 9, every: .seconds(10))
        #expect(broken.unhealthyTime(now: start + .seconds(80)) == .seconds(40))
    }

    @Test func `is forgiven when it starts`() {
        var policy = policy(failures: 9, every: .seconds(1))
        policy.answered()
        #expect(policy == CrashPolicy())
    }

    @Test func `is not broken by failures that are far apart`() {
        let rare = policy(failures: 20, every: .minutes(3))
        #expect(rare.unhealthyTime(now: start + .minutes(57)) == nil)
        #expect(policy(failures: 20, every: .minutes(11)).streak?.count == 1)
    }

    @Test func `is worth another try after a long time without one`() {
        let broken = policy(failures: 5, every: .seconds(1))
        #expect(broken.unhealthyTime(now: start + .minutes(10)) != nil)
        #expect(broken.unhealthyTime(now: start + .minutes(11)) == nil)
    }
}
