import HTTPTransport
import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct SessionSearchTests {
    private let uid = SessionUID(high: 7, low: 9)
    private let own = HTTPTarget(host: "10.0.0.1", port: 8001)
    private let owner = HTTPTarget(host: "10.0.0.2", port: 8001)
    private let third = HTTPTarget(host: "10.0.0.3", port: 8001)

    private func attempts(of search: SessionSearch) -> [SessionSearch.Attempt] {
        var search = search
        return (0..<20).compactMap { _ in search.next() }
    }

    private func search(
        owner: HTTPTarget,
        lastMet: HTTPTarget? = nil,
        available: [HTTPTarget],
        isAvailable: Bool = true
    ) -> SessionSearch {
        SessionSearch(
            for: uid,
            owner: owner,
            lastMet: lastMet,
            own: own,
            available: available,
            isAvailable: isAvailable
        )
    }

    @Test func `the owner is asked first, and takes the session where nobody has it`() {
        let found = attempts(of: search(owner: owner, available: [owner]))
        #expect(found.first == .find(owner))
        #expect(found.dropFirst().first == .take(owner))
        #expect(found.last == .takeHere)
    }

    @Test func `where a session was met before is asked before its owner`() {
        let found = attempts(of: search(owner: owner, lastMet: third, available: [owner, third]))
        #expect(found.prefix(2) == [.find(third), .find(owner)])
        #expect(found.count { $0 == .find(third) } == 1)
    }

    @Test func `a replica that was asked before is not asked again, and may still take the session`() {
        var search = search(owner: owner, lastMet: third, available: [owner, third])
        search.wasAsked(third)
        let found = attempts(of: search)
        #expect(found.first == .find(owner))
        #expect(!found.contains(.find(third)) && found.contains(.take(third)))
    }

    @Test func `a replica alone resumes at once`() {
        #expect(attempts(of: search(owner: own, available: [])) == [.takeHere])
    }

    @Test func `the owner's own search asks the successor before it resumes`() {
        let found = attempts(of: search(owner: own, available: [third]))
        #expect(found == [.find(third), .takeHere, .take(third)])
    }

    @Test func `a draining replica takes nothing`() {
        #expect(!attempts(of: search(owner: own, available: [third], isAvailable: false)).contains(.takeHere))
    }

    @Test func `a replica that can't be reached is not asked, or last`() {
        var dead = search(owner: owner, available: [third])
        dead.postpone(owner, isReachable: false)
        let found = attempts(of: dead)
        #expect(!found.contains(.find(owner)))
        #expect(found.last == .take(owner))
        var leaving = search(owner: owner, available: [third])
        leaving.postpone(owner, isReachable: true)
        #expect(attempts(of: leaving).first == .find(owner))
        var excluded = search(owner: owner, available: [third])
        excluded.exclude(owner)
        #expect(!attempts(of: excluded).contains { $0 == .find(owner) || $0 == .take(owner) })
    }

    @Test func `every replica names the same successor`() {
        let all = (1...20).map { HTTPTarget(host: "10.0.0.\($0)", port: 8001) }
        var moved = 0
        for number in 0..<200 {
            let uid = SessionUID(high: UInt64(number), low: 1)
            let first = RendezvousOrder.of(all, for: uid)
            #expect(RendezvousOrder.of(all.shuffled(), for: uid) == first)
            // Without one of twenty replicas only that one's sessions move.
            if RendezvousOrder.of(all.dropLast(), for: uid).first != first.first { moved += 1 }
        }
        #expect((1...25).contains(moved))
    }
}
