import MCPWire
import NIOCore

/// One legacy session between a client and its own stdio child (MCP 2025-03-26 to 2025-11-25), as pure state:
/// every event answers with the actions that follow from it.
///
/// The session outlives its child. When the child is gone and the client sends again, a new child is started,
/// the client's own `initialize` is replayed to it, and the client's message follows.
struct SessionStateMachine {
    enum Phase: Equatable {
        /// The client's `initialize` is with the child.
        case starting
        /// The gateway's replay of it is; the client's messages wait.
        case resuming
        case ready
        /// No child runs; the next message starts one.
        case dormant
        case ended
    }

    struct Call {
        var post: PostID
        let progressToken: MessageID?
        let isInitialize: Bool
    }

    struct Post {
        var outstanding: Int
        /// The client takes an event stream as the answer to this POST.
        let canStream: Bool
        /// Whether the client is there; one that left may come back for the answer.
        var isAttached = true
    }

    /// Bytes of the client's messages that may wait for a child that is being started.
    static let mostWaiting = 32 * 1024 * 1024
    /// Questions of the child that the client may leave unanswered.
    static let mostAsked = 1_000

    private(set) var phase: Phase
    var calls: [MessageID: Call] = [:]
    var posts: [PostID: Post] = [:]
    /// The child's own requests that the client has not answered.
    var asked: Set<MessageID> = []
    var isListening = false
    var held = HeldMessages()
    private var waiting: [ScannedMessage] = []
    private let initializeParameters: [UInt8]
    private var resumptions = 0

    /// A session that begins with the client's `initialize`.
    init(initializeParameters: [UInt8]) {
        self.initializeParameters = initializeParameters
        phase = .starting
    }

    /// A session that another process began; the first message starts its child.
    static func resuming(initializeParameters: [UInt8]) -> SessionStateMachine {
        var machine = SessionStateMachine(initializeParameters: initializeParameters)
        machine.phase = .dormant
        return machine
    }

    /// Whether somebody waits for an answer. A call whose client has left keeps nobody waiting.
    var isBusy: Bool { posts.values.contains(where: \.isAttached) }

    /// Whether nobody waits, listens or may come back.
    var isIdle: Bool { posts.isEmpty && !isListening }

    /// The client's `initialize`, as the session's first message.
    mutating func begin(_ message: ScannedMessage, on post: PostID, canStream: Bool) -> [SessionAction] {
        guard let id = message.envelope.id else { return [] }
        calls[id] = Call(post: post, progressToken: nil, isInitialize: true)
        posts[post] = Post(outstanding: 1, canStream: canStream)
        return [.startChild, .toChild(message)]
    }

    /// The messages of one POST: one, or a batch.
    mutating func clientSent(_ messages: [ScannedMessage], on post: PostID, canStream: Bool) -> [SessionAction] {
        guard phase != .ended else { return [.refuse(post, .unknownSession)] }
        guard waiting.reduce(0, { $0 + $1.bytes.readableBytes }) <= Self.mostWaiting else {
            return [.refuse(post, .serverSlow)]
        }
        var requests: Set<MessageID> = []
        for case let (.request, id?) in messages.lazy.map({ ($0.envelope.kind, $0.envelope.id) }) {
            guard calls[id] == nil, requests.insert(id).inserted else { return [.refuse(post, .duplicateID(id))] }
        }
        var actions: [SessionAction] = []
        for message in messages { actions += clientSent(message, on: post) }
        if requests.isEmpty {
            actions.append(.accept(post))
        } else {
            posts[post] = Post(outstanding: requests.count, canStream: canStream)
            actions += drainHeld()
        }
        return actions
    }

    private mutating func clientSent(_ message: ScannedMessage, on post: PostID) -> [SessionAction] {
        switch (message.envelope.kind, message.envelope.id) {
        case (.request, let id?):
            calls[id] = Call(post: post, progressToken: message.envelope.progressToken, isInitialize: false)
            return deliver(message)
        case (.response, let id):
            // An answer to a question that a former child asked means nothing to the present one.
            guard let id, asked.remove(id) != nil else { return [] }
            return deliver(message)
        default:
            // A child that was never told of the call can't be told of its end.
            if phase == .dormant { return [] }
            guard message.envelope.method == .cancelled, let id = message.envelope.cancelled, calls[id] != nil else {
                return deliver(message)
            }
            return deliver(message) + [.watchCancelled(id)]
        }
    }

    private mutating func deliver(_ message: ScannedMessage) -> [SessionAction] {
        switch phase {
        case .starting, .ready: return [.toChild(message)]
        case .resuming:
            waiting.append(message)
            return []
        case .dormant:
            phase = .resuming
            waiting.append(message)
            resumptions += 1
            return [.startChild, .toChild(replayedInitialize)]
        case .ended: return []
        }
    }
}

/// Beginning, resuming, ending.
extension SessionStateMachine {
    private var resumptionID: MessageID { .text("slipway-resume-\(resumptions)") }

    private var replayedInitialize: ScannedMessage {
        var bytes = ByteBuffer(string: #"{"jsonrpc":"2.0","id":\#(resumptionID.json),"method":"initialize","params":"#)
        bytes.writeBytes(initializeParameters)
        bytes.writeStaticString("}")
        return .composed(bytes)
    }

    /// The child's answer to an `initialize`, the client's or the replayed one; `nil` where it is none.
    mutating func initializeAnswered(_ message: ScannedMessage) -> [SessionAction]? {
        guard let id = message.envelope.id else { return nil }
        if phase == .resuming, id == resumptionID {
            guard !message.envelope.isError else {
                return [.stopChild] + childEnded("it refused to resume the session")
            }
            phase = .ready
            defer { waiting = [] }
            return [.toChild(Self.initialized)] + waiting.map { .toChild($0) } + drainHeld()
        }
        guard let call = calls[id], call.isInitialize else { return nil }
        calls[id] = nil
        posts[call.post] = nil
        guard !message.envelope.isError else {
            phase = .ended
            return [.answer(call.post, message.bytes, isLast: true), .stopChild, .ended]
        }
        phase = .ready
        let version = message.envelope.protocolVersion ?? ProtocolRevision.march2025.rawValue
        return [.established(call.post, result: message.bytes, protocolVersion: version)]
    }

    private static let initialized = ScannedMessage.composed(
        ByteBuffer(string: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    )

    /// The child is gone, or never came. Every call in flight gets one error; the session stays, without a child.
    mutating func childEnded(_ reason: String) -> [SessionAction] {
        guard phase != .ended, phase != .dormant else { return [] }
        let beganNever = phase == .starting
        phase = beganNever ? .ended : .dormant
        let what = beganNever ? "did not start" : "stopped before it answered"
        let error = JSONRPCError(code: JSONRPCError.internalError, message: "The MCP server \(what): \(reason).")
        waiting = []
        asked = []
        return failCalls(error) + (beganNever ? [.ended] : [])
    }

    /// The client, the gateway or time ended the session.
    mutating func end(_ reason: String) -> [SessionAction] {
        guard phase != .ended else { return [] }
        phase = .ended
        waiting = []
        let error = JSONRPCError(code: JSONRPCError.internalError, message: reason)
        return failCalls(error) + [.stopChild, .ended]
    }

    /// Frees the child of a session that nobody uses at the moment; the next message starts another.
    mutating func sleep() -> [SessionAction] {
        guard isIdle, phase == .ready || phase == .resuming else { return [] }
        phase = .dormant
        asked = []
        calls = [:]
        waiting = []
        return [.stopChild]
    }

    /// The child took too long to answer an `initialize`, the client's or the replayed one.
    mutating func startTimedOut(_ attempt: Int, after seconds: Int64) -> [SessionAction] {
        guard attempt == resumptions, phase == .starting || phase == .resuming else { return [] }
        return [.stopChild] + childEnded("it did not answer initialize within \(seconds) seconds")
    }

    /// How often a child was started; names an attempt to `startTimedOut`.
    var attempt: Int { resumptions }

    /// Whether this id is that of an `initialize` the child has not answered.
    func isInitialize(_ id: MessageID) -> Bool {
        calls[id]?.isInitialize ?? (phase == .resuming && id == resumptionID)
    }

    private mutating func failCalls(_ error: JSONRPCError) -> [SessionAction] {
        var actions: [SessionAction] = []
        for (id, call) in calls { actions += answered(call, with: error.response(to: id)) }
        calls = [:]
        return actions
    }

    /// The actions that bring an answer home, where its POST is still open.
    mutating func answered(_ call: Call, with message: ByteBuffer) -> [SessionAction] {
        guard var post = posts[call.post] else { return [] }
        post.outstanding -= 1
        posts[call.post] = post.outstanding > 0 ? post : nil
        return [.answer(call.post, message, isLast: post.outstanding == 0)]
    }
}
