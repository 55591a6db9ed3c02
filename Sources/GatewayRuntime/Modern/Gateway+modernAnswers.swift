import MCPWire
import NIOCore

/// What a modern server's answers and its clients' retries carry between them.
extension Gateway {
    /// A modern server's answer as its client gets it: a request state is sealed together with this replica's name, for
    /// the server may be able to go on with the request in its own process only. A task is remembered as begun here.
    func outgoing(_ answer: ScannedMessage, to caller: Caller) -> ByteBuffer {
        let text = answer.bytes
        guard let kind = answer.envelope.resultType, let result = JSONObject(in: text)?.object("result", in: text)
        else {
            return text
        }
        if kind == "task", let task = Self.taskID(result, text) { tasks.began(task, for: caller) }
        guard kind == "input_required", let range = result["requestState"],
            let state = result.string("requestState", in: text)
        else { return text }
        var edit = JSONEdit()
        edit.replace(range, with: JSONText.quoted(sealState(.server(state), for: caller)).utf8)
        return edit.applied(to: text)
    }

    private static func taskID(_ result: JSONObject, _ text: ByteBuffer) -> String? {
        result.string("taskId", in: text) ?? result.object("task", in: text)?.string("taskId", in: text)
    }
}

extension Gateway {
    /// The same for an answer that was not looked at yet; `nil` where there is nothing to change.
    func outgoing(_ answer: ByteBuffer, to caller: Caller) -> ByteBuffer? {
        do throws(MessageScanner.Refusal) {
            let message = try ScannedMessage(scanning: answer)
            return message.envelope.resultType == nil ? nil : outgoing(message, to: caller)
        } catch {
            return nil
        }
    }
}

extension ModernRequest {
    /// The request with the server's own request state in the place of the sealed one.
    func restoring(_ state: String) -> ByteBuffer {
        let params = JSONObject(in: message.bytes)?.object("params", in: message.bytes)
        var edit = JSONEdit()
        if let range = params?["requestState"] { edit.replace(range, with: JSONText.quoted(state).utf8) }
        return edit.applied(to: message.bytes)
    }
}
