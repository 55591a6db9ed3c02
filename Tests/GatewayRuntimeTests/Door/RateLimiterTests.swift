import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `A rate limit` {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let alice = RateKey.caller([1])

    @Test func `gives each caller a bucket that fills again steadily`() {
        var limiter = RateLimiter(Rate(count: 6, period: .minutes(1)))
        for _ in 1...6 { #expect(limiter.take(alice, now: start) == nil) }
        #expect(limiter.take(alice, now: start) == .seconds(10))
        #expect(limiter.take(.caller([2]), now: start) == nil)
        #expect(limiter.take(alice, now: start + .seconds(4)) == .seconds(6))
        #expect(limiter.take(alice, now: start + .seconds(10)) == nil)
        #expect(limiter.take(alice, now: start + .seconds(10)) == .seconds(10))
        for _ in 1...6 { #expect(limiter.take(alice, now: start + .hours(1)) == nil) }
        #expect(limiter.take(alice, now: start + .hours(1)) != nil)
    }

    @Test func `keeps a bounded number of buckets, full ones never`() {
        var limiter = RateLimiter(Rate(count: 2, period: .seconds(1)), mostKept: 100)
        for caller in 0..<100 { #expect(limiter.take(.caller([UInt8(caller)]), now: start) == nil) }
        // Nobody's bucket is full yet, so these share one.
        let newcomers = (100..<110).map { limiter.take(.caller([UInt8($0)]), now: start) }
        #expect(newcomers.filter { $0 == nil }.count == 2)
        #expect(limiter.count == 101)
        #expect(limiter.take(.caller([111]), now: start + .seconds(5)) == nil)
        #expect(limiter.count == 1)
    }

    @Test(arguments: [
        ("600/min", Rate(count: 600, period: .minutes(1))), ("1/s", Rate(count: 1, period: .seconds(1))),
        ("5000/h", Rate(count: 5000, period: .hours(1))),
    ])
    func `is written as a number in a time`(text: String, rate: Rate) { #expect(Rate(text) == rate) }

    @Test(arguments: ["", "600", "600/", "/min", "0/min", "-1/s", "1/fortnight", "1/s/s", "1000001/s", "1.5/s"])
    func `is nothing else`(text: String) { #expect(Rate(text) == nil) }

    @Test func `counts an address, and of an IPv6 address its network`() throws {
        func key(_ text: String) throws -> RateKey { RateKey(try SocketAddress(ipAddress: text, port: 7)) }
        #expect(try key("192.0.2.1") == .address([192, 0, 2, 1]))
        #expect(try key("::ffff:192.0.2.1") == key("192.0.2.1"))
        #expect(try key("2001:db8:0:1::1") == key("2001:db8:0:1:ffff::2"))
        #expect(try key("2001:db8:0:1::1") != key("2001:db8:0:2::1"))
        #expect(RateKey(nil) == .others)
    }
}
