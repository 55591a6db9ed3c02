import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Answers that some servers give line by line, a message each, and call JSON: neither one JSON object nor the event
/// stream that the revisions have. The example server of MCP's own conformance suite answers `subscriptions/listen` so,
/// and a client that takes it as it comes has the first message at once. Ours gets it at once too, as the event stream
/// that the revisions ask for.
extension UpstreamRelay {
    /// Whether an answer that calls itself JSON begins with a line that is a notification, and goes on.
    var isLineByLine: Bool {
        guard let answer, answer.status == .ok, isUncoded, !answer.headers.contains(name: "content-length"),
            takesEvents, !isListener, gathered.readableBytes <= Self.smallAnswer,
            gathered.readableBytesView.last == UInt8(ascii: "\n")
        else { return false }
        var splitter = LineSplitter(limit: gathered.readableBytes)
        splitter.append(gathered)
        guard case .whole(let line) = splitter.next() else { return false }
        let message = try? ScannedMessage(scanning: line)  // no message: whatever it is, it is not for us to cut
        return message?.envelope.kind == .notification
    }

    func beginLines() {
        form = .passing
        lines = LineSplitter(limit: upstream.messageLimit)
        if !isCommitted { exchange.start(.ok, EventStream.fields) }
        let first = gathered
        gathered = ByteBuffer()
        passLines(first)
    }

    func passLines(_ piece: ByteBuffer) {
        lines?.append(piece)
        while !isOver, let line = lines?.next() { passLine(line) }
        if !isOver, !exchange.isWritable { call?.setResponsePaused(true) }
    }

    /// The last line may lack its break.
    func finishLines() {
        if let last = lines?.finish() { passLine(last) }
        guard !isOver else { return }
        hasAnswered || subscription != nil ? end { $0.finish() } : fail(Self.noAnswer)
    }

    private func passLine(_ line: LineSplitter.Line) {
        guard case .whole(let text) = line else { return fail(tooLong) }
        guard text.readableBytes > 0 else { return }
        guard let message = try? ScannedMessage(scanning: text) else {  // it has no place in an event stream
            return fail("The MCP server answered with a line that is no JSON-RPC message.")
        }
        if message.envelope.kind == .response { hasAnswered = true }
        (hasWritten, lastWrite) = (true, .now())
        exchange.write(ServerSentEvent.message(hooks.rewrite?(message.bytes) ?? message.bytes))
        exchange.flush()
    }
}
