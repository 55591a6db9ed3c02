import Synchronization

/// The one session of this process: what the client said of itself, what it counted, and what is under way.
///
/// Answers what can be answered at once and hands back the calls that take time.
final class Session: Sendable {
    private struct State {
        var introduction: Introduction?
        var count = 0
        var questions = 0
        var cancellations: [RequestID: AsyncStream<Never>.Continuation] = [:]
        var answers: [RequestID: AsyncStream<ClientAnswer>.Continuation] = [:]
    }

    private let state = Mutex(State())
    let output: Output
    private let surroundings: Surroundings

    init(output: Output, surroundings: Surroundings) {
        self.output = output
        self.surroundings = surroundings
    }

    /// Takes one line from the client. What comes back, if anything, is to be run beside the reading.
    func receive(_ line: [UInt8]) -> LongCall? {
        switch Message(line: line) {
        case .request(let id, let request):
            return answer(request, id)
        case .cancelled(let id):
            state.withLock { $0.cancellations.removeValue(forKey: id) }?.finish()
        case .answer(let id, let answer):
            let waiting = state.withLock { $0.answers.removeValue(forKey: id) }
            waiting?.yield(answer)
            waiting?.finish()
        case .unused:
            break
        case .refused(let id, let refusal):
            output.send(ErrorReply(id: id, error: refusal))
        }
        return nil
    }

    private func answer(_ request: Request, _ id: RequestID) -> LongCall? {
        switch request {
        case .initialize(let introduction):
            state.withLock { $0.introduction = introduction }
            output.send(Reply(id: id, result: Welcome(protocolVersion: introduction.revision)))
        case .ping:
            output.send(Reply(id: id, result: Nothing()))
        case _ where state.withLock({ $0.introduction == nil }):
            output.send(ErrorReply(id: id, error: .notInitialized))
        case .listTools:
            output.send(Reply(id: id, result: Catalogue.complete))
        case .callTool(let call):
            return start(call, id)
        }
        return nil
    }

    private func start(_ call: ToolCall, _ id: RequestID) -> LongCall? {
        switch call.tool {
        case .echo(let text):
            output.send(Reply(id: id, result: ToolResult.text(text)))
        case .count:
            let count = state.withLock { state in
                state.count += 1
                return state.count
            }
            output.send(Reply(id: id, result: ToolResult.text("\(count)")))
        case .where:
            let place = "replica \(surroundings.replica), process \(surroundings.process)"
            output.send(Reply(id: id, result: ToolResult.text(place)))
        case .slow(let seconds, let steps):
            return long(id, .wait(seconds: seconds, steps: steps, progressToken: call.progressToken))
        case .ask(let question):
            return long(id, .ask(question, state.withLock(\.introduction)?.capabilities))
        }
        return nil
    }

    private func long(_ id: RequestID, _ work: LongCall.Work) -> LongCall {
        let (cancellation, cancel) = AsyncStream<Never>.makeStream()
        state.withLock { $0.cancellations[id] = cancel }
        return LongCall(id: id, work: work, cancellation: cancellation, session: self)
    }

    /// Ends a long call. A call that was cancelled has no result and is not answered (MCP 2025-11-25, Cancellation).
    func finish(_ id: RequestID, _ result: ToolResult?) {
        state.withLock { $0.cancellations.removeValue(forKey: id) }?.finish()
        if let result {
            output.send(Reply(id: id, result: result))
        }
    }

    /// A fresh id for a request to the client, and the stream its answer will arrive on.
    func expectAnswer() -> (RequestID, AsyncStream<ClientAnswer>) {
        let (answers, waiting) = AsyncStream<ClientAnswer>.makeStream()
        let id = state.withLock { state in
            state.questions += 1
            let id = RequestID.text("question-\(state.questions)")
            state.answers[id] = waiting
            return id
        }
        return (id, answers)
    }

    /// Forgets a question nobody waits for any more, and tells the client so.
    func withdraw(_ id: RequestID) {
        state.withLock { $0.answers.removeValue(forKey: id) }?.finish()
        output.send(Notice(method: "notifications/cancelled", params: ["requestId": id]))
    }
}
