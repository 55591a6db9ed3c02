import Testing

@testable import GatewayRuntime

@Suite struct `Memory` {
    @Test func `is given back once when half of many sessions are gone`() {
        var memory = MemoryReturn()
        let due = [0, 99, 0, 50, 400, 201, 200, 150, 100, 250, 125, 0].map { memory.isDue(sessions: $0) }
        #expect(due == [false, false, false, false, false, false, true, false, true, false, true, true])
    }
}
