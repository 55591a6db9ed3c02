import Testing

@testable import MCPWire

@Suite struct `A request state` {
    private static let states = [
        RequestState(replica: "10.0.0.1:8001", issuedAt: 7, principal: [], content: .waiting(.random())),
        RequestState(replica: "[::1]:80", issuedAt: .max, principal: [1, 2, 255], content: .server("")),
        RequestState(
            replica: "a:1", issuedAt: 0, principal: [], content: .server(String(repeating: "é", count: 90_000))),
    ]

    @Test(arguments: states) func `comes back as it went`(state: RequestState) {
        let keys = FleetKeys.random()
        #expect(keys.openState(keys.seal(state)) == state)
    }

    @Test func `is nothing to another fleet, changed, or as a session id`() {
        let (keys, others) = (FleetKeys.random(), FleetKeys.random())
        let sealed = keys.seal(Self.states[0])
        #expect(others.openState(sealed) == nil)
        #expect(keys.open(sealed) == nil)
        var changed = Array(sealed)
        changed[20] = changed[20] == "A" ? "B" : "A"
        #expect(keys.openState(String(changed)) == nil)
        #expect(keys.openState("") == nil)
    }

    @Test func `never says what it holds`() {
        let sealed = FleetKeys.random().seal(Self.states[1])
        #expect(!sealed.contains("::1"))
        #expect(sealed.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }
}
