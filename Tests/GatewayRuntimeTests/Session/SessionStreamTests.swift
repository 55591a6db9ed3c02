import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// Where a child's notifications and questions go.
@Suite struct SessionStreamTests {
    private let log = #"{"method":"notifications/message","params":{"data":"x"}}"#
    private let question = #"{"id":"q1","method":"elicitation/create","params":{}}"#

    @Test func `progress goes to the call that its token names`() throws {
        var machine = try Story.established()
        _ = machine.listenerOpened()
        _ = machine.clientSent([try Story.call(1, token: 51)], on: 10, canStream: true)
        _ = machine.clientSent([try Story.call(2, token: 52)], on: 11, canStream: true)
        let progress = try Story.message(
            #"{"method":"notifications/progress","params":{"progressToken":52,"progress":1}}"#
        )
        #expect(machine.childSent(progress) == [.push(11, progress.bytes)])
    }

    @Test func `anything else goes to the only call in flight`() throws {
        var machine = try Story.established()
        _ = machine.listenerOpened()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        let message = try Story.message(log)
        #expect(machine.childSent(message) == [.push(10, message.bytes)])
        #expect(machine.childSent(try Story.message(question)) == [.push(10, ByteBuffer(string: question))])
    }

    @Test func `with several calls in flight it goes to the GET stream, or else to the latest call`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        _ = machine.clientSent([try Story.call(2)], on: 11, canStream: true)
        let message = try Story.message(log)
        #expect(machine.childSent(message) == [.push(11, message.bytes)])
        _ = machine.listenerOpened()
        #expect(machine.childSent(message) == [.toListener(message.bytes)])
    }

    @Test func `a POST that takes no event stream gets its answer only`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: false)
        let message = try Story.message(log)
        #expect(machine.childSent(message).isEmpty)
        #expect(machine.listenerOpened() == [.toListener(message.bytes)])
    }

    @Test func `what nobody can take is held in bounds until a GET stream opens`() throws {
        var machine = try Story.established()
        let message = try Story.message(log)
        for _ in 0..<HeldMessages.mostMessages { #expect(machine.childSent(message).isEmpty) }
        #expect(machine.childSent(message) == [.note(.droppedMessage)])
        #expect(machine.listenerOpened().count == HeldMessages.mostMessages)
        #expect(machine.listenerOpened().isEmpty)

        let large = try Story.message(#"{"method":"x","params":"\#(String(repeating: "a", count: 600_000))"}"#)
        machine.listenerClosed()
        #expect(machine.childSent(large).isEmpty)
        #expect(machine.childSent(large) == [.note(.droppedMessage)])
    }

    @Test func `the client's answer reaches the child that asked, once`() throws {
        var machine = try Story.established()
        _ = machine.listenerOpened()
        _ = machine.childSent(try Story.message(question))
        let answer = try Story.message(#"{"id":"q1","result":{}}"#)
        #expect(machine.clientSent([answer], on: 3, canStream: true) == [.toChild(answer), .accept(3)])
        #expect(machine.clientSent([answer], on: 4, canStream: true) == [.accept(4)])
    }

    @Test func `a child that asks without end is bounded`() throws {
        var machine = try Story.established()
        _ = machine.listenerOpened()
        for number in 0..<SessionStateMachine.mostAsked {
            _ = machine.childSent(try Story.message(#"{"id":\#(number),"method":"ping"}"#))
        }
        #expect(machine.childSent(try Story.message(question)) == [.note(.droppedMessage)])
        _ = machine.clientSent([try Story.message(#"{"id":5,"result":{}}"#)], on: 3, canStream: true)
        #expect(machine.childSent(try Story.message(question)) == [.toListener(ByteBuffer(string: question))])
    }

    @Test func `an answer to a question of a former child is dropped`() throws {
        var machine = try Story.established()
        _ = machine.listenerOpened()
        _ = machine.childSent(try Story.message(question))
        _ = machine.childEnded("it exited with status 1")
        let answer = try Story.message(#"{"id":"q1","result":{}}"#)
        #expect(machine.clientSent([answer], on: 3, canStream: true) == [.accept(3)])
    }

    @Test func `a client that leaves does not cancel, and its answer is dropped`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        #expect(machine.postClosed(10).isEmpty)
        #expect(!machine.isBusy)
        #expect(machine.childSent(try Story.message(#"{"id":1,"result":{}}"#)).isEmpty)
    }

    @Test func `a client that leaves before it knows its session leaves no session`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        _ = machine.begin(try Story.message(Story.initialize), on: 1, canStream: false)
        #expect(machine.postClosed(1) == [.stopChild, .ended])
    }

    @Test func `what was held goes to the next POST where no GET stream is open`() throws {
        var machine = try Story.established()
        let asked = try Story.message(question)
        #expect(machine.childSent(asked).isEmpty)
        let call = try Story.call(1)
        #expect(machine.clientSent([call], on: 10, canStream: true) == [.toChild(call), .push(10, asked.bytes)])
        #expect(machine.listenerOpened().isEmpty)
    }

    @Test func `a cancelled call that the child never answers ends with one error`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        let cancel = try Story.message(#"{"method":"notifications/cancelled","params":{"requestId":1}}"#)
        #expect(
            machine.clientSent([cancel], on: 11, canStream: true)
                == [.toChild(cancel), .watchCancelled(.number("1")), .accept(11)]
        )
        let actions = machine.cancelledUnanswered(.number("1"))
        #expect(try Story.errorID(actions.first) == .number("1"))
        #expect(machine.cancelledUnanswered(.number("1")).isEmpty)
    }

    @Test func `an answer over the limit becomes one error for its call`() throws {
        var machine = try Story.established()
        _ = machine.clientSent([try Story.call(1)], on: 10, canStream: true)
        _ = machine.clientSent([try Story.call(2)], on: 11, canStream: true)
        #expect(machine.childOverflowed(.unknown, limit: 9) == [.note(.tooLong)])
        let second = machine.childOverflowed(.response(.number("2")), limit: 9)
        #expect(try Story.errorID(second.first) == .number("2"))
        #expect(machine.childOverflowed(.notResponse, limit: 9) == [.note(.tooLong)])
        #expect(try Story.errorID(machine.childOverflowed(.unknown, limit: 9).first) == .number("1"))
    }

    @Test func `an answer to initialize over the limit ends the child, and the beginning session with it`() throws {
        var machine = SessionStateMachine(initializeParameters: Story.parameters)
        _ = machine.begin(try Story.message(Story.initialize), on: 1, canStream: false)
        let actions = machine.childOverflowed(.response(.number("0")), limit: 9)
        #expect(actions.prefix(2) == [.note(.tooLong), .stopChild])
        #expect(try Story.errorID(actions.dropFirst(2).first) == .number("0"))
        #expect(actions.last == .ended)
    }
}
