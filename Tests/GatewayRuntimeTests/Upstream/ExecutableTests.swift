import Testing

@testable import GatewayRuntime

@Suite struct `A program's path` {
    @Test func `does not name a folder, which nobody can run`() {
        #expect(!isExecutable("/usr/bin"))
    }
}
