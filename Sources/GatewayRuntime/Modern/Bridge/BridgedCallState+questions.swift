import MCPWire
import NIOCore
import NIOHTTP1

/// Questions of the server, and what becomes of them.
extension BridgedCallState {
    mutating func questioned(_ message: ScannedMessage) -> [BridgedCallAction] {
        guard let id = message.envelope.id, phase != .over else { return [] }
        let method = message.envelope.method.name
        if method == "ping" { return [.toServer(Self.line(#"{"jsonrpc":"2.0","id":\#(id.json),"result":{}}"#))] }
        guard phase != .cancelled, questions.count < Self.mostQuestions, Self.mayAsk.contains(request.method),
            let capability = Self.capabilities[method], request.declares(capability)
        else { return [.toServer(Self.refusal(of: method, id))] }
        asked += 1
        let params = message.envelope.params.map { message.bytes.json(at: $0) } ?? "{}"
        questions.append(Question(key: "slipway-\(asked)", id: id, method: method, params: params))
        guard phase == .calling else { return [] }
        return ask()
    }

    private mutating func ask() -> [BridgedCallAction] {
        phase = .asking(finished: nil)
        let requests = questions.map {
            #""\#($0.key)":{"method":\#(JSONText.quoted($0.method)),"params":\#($0.params)}"#
        }
        let answer = """
            {"jsonrpc":"2.0","id":\(request.id.json),"result":{"resultType":"input_required",\
            "inputRequests":{\(requests.joined(separator: ","))},"requestState":\(JSONText.quoted(seal())),\
            "_meta":{\(greeting.metaMember)}}}
            """
        return [.answer(ByteBuffer(string: answer), .ok), .awaitInput]
    }

    /// Whether a retry may go on with this call: it is about the same thing, and answers have not come already.
    func accepts(_ retry: ModernRequest) -> Bool {
        guard case .asking = phase else { return false }
        return retry.method == request.method && retry.name == request.name
    }

    /// The client sent its request again, with answers.
    mutating func retried(_ retry: ModernRequest) -> [BridgedCallAction] {
        guard case .asking(let finished) = phase else { return [] }
        request = retry
        phase = .calling
        if let finished { return finish(finished) + [.over] }
        var actions: [BridgedCallAction] = []
        for question in questions {
            guard let answer = retry.inputResponses[question.key] else { continue }
            actions.append(.toServer(Self.line(#"{"jsonrpc":"2.0","id":\#(question.id.json),"result":\#(answer)}"#)))
        }
        questions.removeAll { retry.inputResponses[$0.key] != nil }
        return questions.isEmpty ? actions : actions + ask()
    }

    private static func refusal(of method: String, _ id: MessageID) -> ByteBuffer {
        let error = JSONRPCError(
            code: JSONRPCError.methodNotFound,
            message: "The client of this request can't be asked \(method)."
        )
        var line = error.response(to: id)
        line.writeStaticString("\n")
        return line
    }
}
