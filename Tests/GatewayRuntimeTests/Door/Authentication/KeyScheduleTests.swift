import Crypto
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The schedule of an issuer's keys` {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private var schedule = KeySchedule(KeySchedule.Timing())

    private mutating func step(_ isKnown: Bool, after time: TimeAmount = .zero) -> KeySchedule.Step {
        schedule.step(isKnown: isKnown, now: start + time)
    }

    @Test mutating func `fetches once for all who wait`() {
        #expect(step(false) == .fetch)
        #expect(step(false) == .wait)
        schedule.fetched(now: start)
        #expect(step(true) == .use)
        #expect(step(false) == .unknown)
    }

    @Test mutating func `fetches once at most for one token`() {
        schedule = KeySchedule(KeySchedule.Timing(spacing: .zero, retry: .zero))
        #expect(step(false) == .fetch)
        schedule.fetched(now: start)
        #expect(schedule.step(isKnown: false, hasWaited: true, now: start) == .unknown)
        #expect(step(false) == .fetch)
        schedule.failed(now: start)
        #expect(schedule.step(isKnown: false, hasWaited: true, now: start) == .unavailable)
    }

    @Test mutating func `fetches for a flood of unknown keys as often as for one`() {
        #expect(step(false) == .fetch)
        schedule.fetched(now: start)
        var fetches = 0
        for second in 0..<600 {
            for _ in 0..<100 where step(false, after: .seconds(Int64(second))) == .fetch {
                fetches += 1
                schedule.fetched(now: start + .seconds(Int64(second)))
            }
        }
        #expect(fetches == 59)
    }

    @Test mutating func `keeps the last good keys while newer ones can't be had`() {
        #expect(step(false) == .fetch)
        schedule.fetched(now: start)
        #expect(step(true, after: .minutes(9)) == .use)
        #expect(step(true, after: .minutes(10)) == .useAndFetch)
        #expect(step(true, after: .minutes(10)) == .use)
        schedule.failed(now: start + .minutes(10))
        #expect(step(true, after: .minutes(10)) == .use)
        #expect(step(true, after: .minutes(10) + .seconds(2)) == .useAndFetch)
        schedule.failed(now: start + .minutes(11))
        #expect(step(true, after: .hours(24)) == .useAndFetch)
    }

    @Test mutating func `never takes a key for unknown that it could not look for`() {
        #expect(step(false) == .fetch)
        schedule.failed(now: start)
        #expect(step(false, after: .seconds(1)) == .unavailable)
        #expect(step(false, after: .seconds(2)) == .fetch)
        schedule.fetched(now: start + .seconds(2))
        #expect(step(false, after: .seconds(3)) == .unknown)
        #expect(step(false, after: .seconds(12)) == .fetch)
        schedule.failed(now: start + .seconds(13))
        #expect(step(false, after: .seconds(14)) == .unavailable)
        #expect(step(true, after: .seconds(14)) == .use)
    }
}

@Suite struct `Verified tokens` {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private func digest(_ number: Int) -> SHA256Digest { SHA256.hash(data: Array("\(number)".utf8)) }

    @Test func `are remembered for a minute and never past their end`() {
        var tokens = VerifiedTokens()
        tokens.keep(.success(.anybody), for: digest(1), left: 3600, now: start)
        tokens.keep(.success(.anybody), for: digest(2), left: 5, now: start)
        tokens.keep(.success(.anybody), for: digest(3), left: 0, now: start)
        #expect(tokens.result(for: digest(1), now: start + .seconds(59)) == .success(.anybody))
        #expect(tokens.result(for: digest(1), now: start + .seconds(60)) == nil)
        #expect(tokens.result(for: digest(2), now: start + .seconds(4)) == .success(.anybody))
        #expect(tokens.result(for: digest(2), now: start + .seconds(5)) == nil)
        #expect(tokens.result(for: digest(3), now: start) == nil)
    }

    @Test func `are a bounded number`() {
        var tokens = VerifiedTokens(mostKept: 10)
        for number in 0..<1000 { tokens.keep(.success(.anybody), for: digest(number), left: 60, now: start) }
        #expect(tokens.count <= 10)
        #expect(tokens.result(for: digest(999), now: start) != nil)
    }
}
