import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct SessionStateMachineTests {
    @Test func `initialize starts a child, and its answer establishes the session`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        let initialize = try Story.message(Story.initialize)
        #expect(machine.begin(initialize, on: 1, canStream: true) == [.startChild, .toChild(initialize)])
        let result = #"{"id":0,"result":{"protocolVersion":"2025-06-18"}}"#
        #expect(
            machine.childSent(try Story.message(result))
                == [.established(1, result: ByteBuffer(string: result), protocolVersion: "2025-06-18")]
        )
        #expect(machine.phase == .ready)
        #expect(!machine.isBusy)
    }

    @Test func `a refused initialize is passed on and ends the session`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        _ = machine.begin(try Story.message(Story.initialize), on: 1, canStream: true)
        let error = #"{"id":0,"error":{"code":-32602,"message":"no"}}"#
        #expect(
            machine.childSent(try Story.message(error))
                == [.answer(1, ByteBuffer(string: error), isLast: true), .stopChild, .ended]
        )
        #expect(machine.clientSent([try Story.call(1)], on: 2, canStream: true) == [.refuse(2, .unknownSession)])
    }

    @Test func `a child that never starts gives one error and no session`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        _ = machine.begin(try Story.message(Story.initialize), on: 1, canStream: true)
        let actions = machine.childEnded("it exited with status 3")
        #expect(actions.last == .ended)
        #expect(try Story.errorID(actions.first) == .number("0"))
        #expect(actions.count == 2)
    }

    @Test func `answers find the POST that asked, in whatever order they come`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        _ = machine.clientSent([try Story.call(2)], on: 11, canStream: true)
        let second = try Story.message(#"{"id":2,"result":{}}"#)
        #expect(machine.childSent(second) == [.answer(11, second.bytes, isLast: true)])
        let first = try Story.message(#"{"id":1,"result":{}}"#)
        #expect(machine.childSent(first) == [.answer(10, first.bytes, isLast: true)])
        #expect(machine.childSent(first) == [.note(.unmatchedResponse)])
    }

    @Test func `a notification is accepted at once`() throws {
        var machine = try Story.established()
        let note = try Story.message(#"{"method":"notifications/initialized"}"#)
        #expect(machine.clientSent([note], on: 5, canStream: true) == [.toChild(note), .accept(5)])
    }

    @Test func `an id in use is refused, and the call in flight goes on`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        #expect(
            machine.clientSent([try Story.call(1)], on: 11, canStream: true)
                == [.refuse(11, .duplicateID(.number("1")))]
        )
        let answer = try Story.message(#"{"id":1,"result":{}}"#)
        #expect(machine.childSent(answer) == [.answer(10, answer.bytes, isLast: true)])
    }

    @Test func `a batch is answered when its last request is`() throws {
        var machine = try Story.established()
        let batch = [try Story.call(1), try Story.message(#"{"method":"notifications/x"}"#), try Story.call(2)]
        #expect(machine.clientSent(batch, on: 3, canStream: true) == batch.map { .toChild($0) })
        let one = try Story.message(#"{"id":2,"result":{}}"#)
        let two = try Story.message(#"{"id":1,"result":{}}"#)
        #expect(machine.childSent(one) == [.answer(3, one.bytes, isLast: false)])
        #expect(machine.childSent(two) == [.answer(3, two.bytes, isLast: true)])
        #expect(
            machine.clientSent([try Story.call(4), try Story.call(4)], on: 4, canStream: true)
                == [.refuse(4, .duplicateID(.number("4")))]
        )
    }

    @Test func `every call in flight gets one error when the child dies, and the next call starts another`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        _ = machine.clientSent([try Story.call(2)], on: 11, canStream: true)
        let actions = machine.childEnded("it was ended by signal 9")
        #expect(Set(try actions.map { try Story.errorID($0) }) == [.number("1"), .number("2")])
        #expect(machine.phase == .dormant)

        let call = try Story.call(3)
        let resumed = machine.clientSent([call], on: 12, canStream: true)
        #expect(resumed.first == .startChild)
        guard case .toChild(let replay)? = resumed.last else { throw Story.Failure.unexpected }
        let envelope = replay.envelope
        #expect(envelope.method == .initialize)
        #expect(envelope.protocolVersion == "2025-06-18")
        let id = try #require(envelope.id)
        let answer = try Story.message(#"{"id":\#(id.json),"result":{"protocolVersion":"2025-06-18"}}"#)
        let after = machine.childSent(answer)
        #expect(after.count == 2)
        #expect(after.last == .toChild(call))
        #expect(machine.phase == .ready)
    }

    @Test func `a child that refuses to resume fails the waiting call`() throws {
        var machine = try Story.established()
        _ = machine.childEnded("it closed its output")
        _ = machine.clientSent([try Story.call(3)], on: 12, canStream: true)
        let error = try Story.message(#"{"id":"slipway-resume-1","error":{"code":1,"message":"no"}}"#)
        let actions = machine.childSent(error)
        #expect(actions.first == .stopChild)
        #expect(try Story.errorID(actions.last) == .number("3"))
        #expect(machine.phase == .dormant)
    }

    @Test func `a session from a ticket starts its child with the first message`() throws {
        var machine = SessionStateMachine.resuming(initializeParameters: Story.parameters)
        #expect(machine.clientSent([try Story.call(1)], on: 1, canStream: true).first == .startChild)
        #expect(machine.clientSent([try Story.call(2)], on: 2, canStream: true).isEmpty)
    }

    @Test func `an ended session fails its calls and stays ended`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        let actions = machine.end("The client ended the session.")
        #expect(try Story.errorID(actions.first) == .number("1"))
        #expect(actions.suffix(2) == [.stopChild, .ended])
        #expect(machine.end("again").isEmpty)
        #expect(machine.childEnded("late").isEmpty)
    }

    @Test func `a server that never answers initialize is given up, whichever attempt it was`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        _ = machine.begin(try Story.message(Story.initialize), on: 1, canStream: false)
        #expect(machine.startTimedOut(0, after: 5).last == .ended)

        var resumed = SessionStateMachine.resuming(initializeParameters: Story.parameters)
        _ = resumed.clientSent([try Story.call(1)], on: 1, canStream: true)
        #expect(resumed.startTimedOut(0, after: 5).isEmpty)
        let actions = resumed.startTimedOut(resumed.attempt, after: 5)
        #expect(actions.first == .stopChild)
        #expect(try Story.errorID(actions.last) == .number("1"))
        #expect(resumed.phase == .dormant)
        #expect(try Story.established().attempt == 0)
    }

    @Test func `too much waiting for a child that starts is refused`() throws {
        var machine = SessionStateMachine.resuming(initializeParameters: Story.parameters)
        let large = String(repeating: "a", count: SessionStateMachine.mostWaiting)
        let message = try Story.message(#"{"id":1,"method":"x","params":"\#(large)"}"#)
        _ = machine.clientSent([message], on: 1, canStream: true)
        #expect(machine.clientSent([try Story.call(2)], on: 2, canStream: true) == [.refuse(2, .serverSlow)])
    }

    @Test func `a session sleeps although a call of a client that left was never answered`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        _ = machine.postClosed(10)
        #expect(machine.sleep() == [.stopChild])
        #expect(!machine.clientSent([try Story.call(1)], on: 11, canStream: true).isEmpty)
    }

    @Test func `only an idle session sleeps`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        #expect(machine.sleep().isEmpty)
        _ = machine.childSent(try Story.message(#"{"id":1,"result":{}}"#))
        _ = machine.listenerOpened()
        #expect(machine.sleep().isEmpty)
        machine.listenerClosed()
        #expect(machine.sleep() == [.stopChild])
        #expect(machine.phase == .dormant)
    }
}
