/// A tool call that takes time: ends with its work or with its cancellation, whichever comes first.
struct LongCall: Sendable {
    enum Work: Sendable {
        case wait(seconds: Double, steps: Int, progressToken: RequestID?)
        case ask(String, Introduction.Capabilities?)
    }

    let id: RequestID
    let work: Work
    /// Ends when the client cancels the call.
    let cancellation: AsyncStream<Never>
    let session: Session

    /// Does the work and sends its result, unless the call was cancelled.
    func run() async {
        let result = await withTaskGroup(of: ToolResult?.self) { race in
            race.addTask { await done() }
            race.addTask {
                for await _ in cancellation {}
                return nil
            }
            let first = await race.next() ?? nil
            race.cancelAll()
            return first
        }
        session.finish(id, result)
    }

    private func done() async -> ToolResult? {
        switch work {
        case .wait(let seconds, let steps, let progressToken):
            await wait(seconds, steps, progressToken)
        case .ask(let question, let capabilities):
            await ask(question, capabilities)
        }
    }

    private func wait(_ seconds: Double, _ steps: Int, _ progressToken: RequestID?) async -> ToolResult? {
        for step in 1...steps {
            do {
                try await Task.sleep(for: .seconds(seconds / Double(steps)))
            } catch {
                return nil
            }
            if let progressToken {
                let progress = Progress(progressToken: progressToken, progress: step, total: steps)
                session.output.send(Notice(method: "notifications/progress", params: progress))
            }
        }
        return .text("waited \(seconds) s in \(steps) steps")
    }

    private func ask(_ question: String, _ capabilities: Introduction.Capabilities?) async -> ToolResult? {
        guard capabilities?.elicitation != nil || capabilities?.sampling != nil else {
            return .failure("This client can neither be asked (elicitation) nor lend its model (sampling).")
        }
        let (id, answers) = session.expectAnswer()
        if capabilities?.elicitation != nil {
            session.output.send(Call(id: id, method: "elicitation/create", params: Question(message: question)))
        } else {
            session.output.send(Call(id: id, method: "sampling/createMessage", params: Prompt(question)))
        }
        for await answer in answers {
            return answer.result
        }
        session.withdraw(id)
        return nil
    }

    /// The params of `notifications/progress`.
    private struct Progress: Encodable {
        let progressToken: RequestID
        let progress: Int
        let total: Int
    }
}
