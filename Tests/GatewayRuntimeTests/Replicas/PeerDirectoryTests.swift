import HTTPTransport
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct PeerDirectoryTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let own = HTTPTarget(host: "10.0.0.1", port: 8001)
    private let replicas = (1...20).map { HTTPTarget(host: "10.0.0.\($0)", port: 8001) }

    @Test func `twenty replicas are known although an answer names eight`() {
        var directory = PeerDirectory(own: own, permanent: [])
        var random = Seeded(state: 20)
        var now = start
        for _ in 0..<20 {
            directory.named(Array(replicas.shuffled(using: &random).prefix(8)), now: now)
            now = now + .seconds(5)
        }
        #expect(directory.all == Set(replicas.dropFirst()))
    }

    @Test func `an address that is neither named nor reached is forgotten, one that is reached is not`() {
        var directory = PeerDirectory(own: own, permanent: [])
        directory.named([replicas[1], replicas[2]], now: start)
        let later = start + PeerDirectory.memory - .seconds(1)
        directory.reached(replicas[2], now: later)
        directory.named([], now: later + .seconds(2))
        #expect(directory.all == [replicas[2]])
    }

    @Test func `two hundred replicas stay known while they answer, and one that is gone does not`() {
        let fleet = (1...200).map { HTTPTarget(host: "10.0.1.\($0)", port: 8001) }
        var directory = PeerDirectory(own: own, permanent: [])
        var random = Seeded(state: 200)
        var now = start
        directory.named(fleet, now: now)
        for _ in 0..<240 {
            now = now + .seconds(5)
            directory.named(Array(fleet.dropFirst().shuffled(using: &random).prefix(8)), now: now)
            for asked in directory.doubtful(now: now) where asked != fleet[0] { directory.reached(asked, now: now) }
        }
        #expect(directory.all == Set(fleet.dropFirst()))
    }

    @Test func `a fleet stays known while DNS is out of order`() {
        var directory = PeerDirectory(own: own, permanent: [])
        directory.named(replicas, now: start)
        for minute in 1...60 {
            let now = start + .minutes(Int64(minute))
            directory.named([], now: now)
            for asked in directory.doubtful(now: now + .seconds(1)) { directory.reached(asked, now: now + .seconds(1)) }
        }
        #expect(directory.all == Set(replicas.dropFirst()))
    }

    @Test func `listed peers are never forgotten, and the own address is no peer`() {
        var directory = PeerDirectory(own: own, permanent: [own, replicas[3]])
        directory.named([own], now: start + .hours(5))
        #expect(directory.all == [replicas[3]])
    }

    @Test func `a failed peer rests, a leaving one is still asked for what it has`() {
        var directory = PeerDirectory(own: own, permanent: Array(replicas[1...3]))
        directory.failed(replicas[1], now: start)
        directory.leaving(replicas[2], now: start)
        #expect(directory.available(now: start) == [replicas[3]])
        #expect(!directory.isReachable(replicas[1], now: start))
        #expect(directory.isReachable(replicas[2], now: start))
        #expect(Set(directory.available(now: start + PeerDirectory.rest)) == Set(replicas[1...3]))
        directory.ready(replicas[1], now: start)
        directory.ready(replicas[2], now: start)
        #expect(Set(directory.available(now: start)) == Set(replicas[1...3]))
    }

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }
}
