import Testing

@testable import GatewayRuntime

@Suite struct `A child's exit` {
    @Test(arguments: [
        (0x0000, ChildExit.status(0)), (0x0300, .status(3)), (0xFF00, .status(255)), (0x0009, .signal(9)),
        (0x008B, .signal(11)),
    ])
    func `is read from its wait status, a core dump's bit apart`(status: Int, exit: ChildExit) {
        #expect(ChildExit(waitStatus: Int32(status)) == exit)
    }
}
