import HTTPTransport
import Testing

@testable import LocalFleet

@Suite struct `The rotation` {
    private static let members = (1...3).map { HTTPTarget(host: "127.0.0.1", port: 9000 + $0) }

    private static func rotation(healthy: [Int]) -> Rotation {
        var rotation = Rotation(members)
        for index in healthy { rotation.mark(members[index], isHealthy: true) }
        return rotation
    }

    private static func ports(_ rotation: inout Rotation, _ count: Int, except tried: [Int] = []) -> [Int?] {
        (1...count).map { _ in rotation.next(except: Set(tried.map { members[$0] })).map { $0.port - 9000 } }
    }

    @Test func `has nobody before a replica was found healthy`() {
        var rotation = Self.rotation(healthy: [])
        #expect(rotation.next() == nil)
        #expect(!rotation.isComplete)
    }

    @Test func `has nobody where there is nobody`() {
        var rotation = Rotation([])
        #expect(rotation.next() == nil)
    }

    @Test func `takes the replicas one after another`() {
        var rotation = Self.rotation(healthy: [0, 1, 2])
        #expect(Self.ports(&rotation, 7) == [1, 2, 3, 1, 2, 3, 1])
        #expect(rotation.isComplete)
    }

    @Test func `passes over those that are not healthy, until they are again`() {
        var rotation = Self.rotation(healthy: [0, 1, 2])
        rotation.mark(Self.members[1], isHealthy: false)
        #expect(!rotation.isComplete)
        #expect(Self.ports(&rotation, 4) == [1, 3, 1, 3])
        rotation.mark(Self.members[1], isHealthy: true)
        #expect(Self.ports(&rotation, 3) == [1, 2, 3])
    }

    @Test func `passes over those that were tried, and ends when all were`() {
        var rotation = Self.rotation(healthy: [0, 1, 2])
        #expect(Self.ports(&rotation, 2, except: [0]) == [2, 3])
        #expect(Self.ports(&rotation, 1, except: [0, 1, 2]) == [nil])
    }
}
