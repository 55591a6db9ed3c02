import MCPWire
import NIOCore

/// What the child says, and to which of the client's streams it belongs.
///
/// The stdio transport does not say which call a notification or a question belongs to. Progress names its call by
/// token. The rest goes to the POST of the only call in flight; with several in flight to the GET stream, where
/// there is one, and else to the latest of them. What nobody can take yet is held, in bounds.
extension SessionStateMachine {
    mutating func childSent(_ message: ScannedMessage) -> [SessionAction] {
        if phase == .ended || phase == .dormant { return [] }
        switch message.envelope.kind {
        case .response:
            if let actions = initializeAnswered(message) { return actions }
            guard let id = message.envelope.id, let call = calls.removeValue(forKey: id) else {
                return [.note(.unmatchedResponse)]
            }
            return answered(call, with: message.bytes)
        case .request:
            guard let id = message.envelope.id, asked.count < Self.mostAsked else { return [.note(.droppedMessage)] }
            asked.insert(id)
            return route(message)
        case .notification: return route(message)
        }
    }

    private mutating func route(_ message: ScannedMessage) -> [SessionAction] {
        guard phase == .ready else { return hold(message.bytes) }
        if let post = postOfProgress(message.envelope) ?? onlyPost ?? (isListening ? nil : latestPost) {
            return [.push(post, message.bytes)]
        }
        return isListening ? [.toListener(message.bytes)] : hold(message.bytes)
    }

    /// Gives what was held to a stream that can take it now.
    mutating func drainHeld() -> [SessionAction] {
        guard phase == .ready, !held.isEmpty else { return [] }
        if isListening { return held.drain().map { .toListener($0) } }
        guard let post = latestPost else { return [] }
        return held.drain().map { .push(post, $0) }
    }

    private mutating func hold(_ message: ByteBuffer) -> [SessionAction] {
        held.append(message) ? [] : [.note(.droppedMessage)]
    }

    private func postOfProgress(_ envelope: MessageEnvelope) -> PostID? {
        guard envelope.method == .progress, let token = envelope.progressToken else { return nil }
        return calls.values.first { $0.progressToken == token && posts[$0.post]?.canStream == true }?.post
    }

    private var onlyPost: PostID? {
        guard posts.count == 1, let only = posts.first, only.value.canStream, only.value.isAttached else { return nil }
        return only.key
    }

    /// A client that left may come back; one that is there comes first.
    private var latestPost: PostID? {
        let streams = posts.lazy.filter(\.value.canStream)
        return streams.filter(\.value.isAttached).map(\.key).max() ?? streams.map(\.key).max()
    }

    /// A line over the limit: the call it would have answered gets an error, where that can be told.
    mutating func childOverflowed(_ beginning: MessageScanner.Beginning, limit: Int) -> [SessionAction] {
        let answered: MessageID? =
            switch beginning {
            case .response(let id): id
            case .unknown: calls.count == 1 ? calls.keys.first : nil
            case .notResponse: nil
            }
        if let answered, isInitialize(answered) {
            return [.note(.tooLong), .stopChild] + childEnded("its answer to initialize is over \(limit) bytes")
        }
        guard let answered, let call = calls.removeValue(forKey: answered) else { return [.note(.tooLong)] }
        let error = JSONRPCError(
            code: JSONRPCError.internalError,
            message: "The MCP server's answer is longer than the gateway's limit of \(limit) bytes for one message."
        )
        return self.answered(call, with: error.response(to: answered)) + [.note(.tooLong)]
    }

    /// A cancelled request gets no answer from many servers; its POST must still end.
    mutating func cancelledUnanswered(_ id: MessageID) -> [SessionAction] {
        guard let call = calls.removeValue(forKey: id) else { return [] }
        let error = JSONRPCError(code: JSONRPCError.cancelled, message: "Request cancelled")
        return answered(call, with: error.response(to: id))
    }
}

/// The client's streams coming and going.
extension SessionStateMachine {
    /// The client left a POST for good. That is not a cancellation (MCP 2025-11-25, Streamable HTTP): the child goes on, and
    /// its answer is dropped.
    ///
    /// A client that leaves before it knows its session's id has no session to come back to.
    mutating func postClosed(_ post: PostID) -> [SessionAction] {
        posts[post] = nil
        return phase == .starting ? end("The client left before the session began.") : []
    }

    /// The client left a POST that it can come back to: its answers are collected.
    mutating func postDetached(_ post: PostID) { posts[post]?.isAttached = false }

    /// The client came back to a POST.
    mutating func postAttached(_ post: PostID) { posts[post]?.isAttached = true }

    /// A GET stream opened: it gets what was held.
    mutating func listenerOpened() -> [SessionAction] {
        isListening = true
        return drainHeld()
    }

    mutating func listenerClosed() { isListening = false }
}
