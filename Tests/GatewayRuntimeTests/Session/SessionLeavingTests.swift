import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// A client that left the stream of a call and may come back to it.
@Suite struct SessionLeavingTests {
    private let log = #"{"method":"notifications/message","params":{"data":"x"}}"#

    private func left() throws -> SessionStateMachine {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1, token: 51)], on: 10, canStream: true)
        machine.postDetached(10)
        return machine
    }

    @Test func `its answer is still brought to the stream`() throws {
        var machine = try left()
        let answer = try Story.message(#"{"id":1,"result":{}}"#)
        #expect(machine.childSent(answer) == [.answer(10, answer.bytes, isLast: true)])
        #expect(machine.isIdle)
    }

    @Test func `nobody waits, but the session is not idle`() throws {
        var machine = try left()
        #expect(!machine.isBusy && !machine.isIdle)
        #expect(machine.sleep().isEmpty)
        machine.postAttached(10)
        #expect(machine.isBusy)
    }

    @Test func `progress is kept for it, and what could go elsewhere goes to who is there`() throws {
        var machine = try left()
        let progress = try Story.message(#"{"method":"notifications/progress","params":{"progressToken":51}}"#)
        let message = try Story.message(log)
        #expect(machine.childSent(progress) == [.push(10, progress.bytes)])
        #expect(machine.childSent(message) == [.push(10, message.bytes)])
        _ = machine.clientSent([try Story.call(2)], on: 9, canStream: true)
        #expect(machine.childSent(message) == [.push(9, message.bytes)])
        _ = machine.listenerOpened()
        #expect(machine.childSent(message) == [.toListener(message.bytes)])
    }

    @Test func `a lone call whose client is away leaves the rest to the GET stream`() throws {
        var machine = try left()
        _ = machine.listenerOpened()
        let message = try Story.message(log)
        #expect(machine.childSent(message) == [.toListener(message.bytes)])
    }
}
