import CChildProcess
import Testing

@testable import GatewayRuntime

@Suite struct `A program's path` {
    @Test func `does not name a folder, which nobody can run`() {
        #expect(!slipway_is_program("/usr/bin"))
    }
}
