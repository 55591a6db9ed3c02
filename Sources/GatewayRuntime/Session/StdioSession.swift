import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// A session with a stdio server: feeds its state machine and carries out what that answers.
final class StdioSession: Session {
    let uid: SessionUID
    private(set) var ticket: String?
    let caller: Caller
    let issuedAt: UInt64
    private(set) var lastUse = NIODeadline.now()

    unowned let gateway: Gateway
    var machine: SessionStateMachine
    private let initializeParameters: [UInt8]
    var posts: [PostID: PostResponse] = [:]
    private var nextPost: PostID = 0
    var listener: (exchange: HTTPExchange, stream: EventStream)?
    private(set) lazy var record = EventRecord(of: uid, budget: gateway.eventBudget)
    /// The revision that was negotiated, once it is known.
    private(set) var revision: ProtocolRevision?
    private var child: (any ServerConnection)?
    /// Ends the wait for a child's first answer.
    private var startLimit: Scheduled<Void>?
    private var complaints = ChildComplaints()
    private var pending: [SessionAction] = []
    private var isPerforming = false
    private var log: Logger { gateway.log(of: uid) }

    /// A session that its client begins now.
    init(of caller: Caller, initializeParameters: [UInt8], gateway: Gateway) {
        uid = .random()
        self.caller = caller
        issuedAt = WallClock.now.seconds
        self.initializeParameters = initializeParameters
        machine = SessionStateMachine(initializeParameters: initializeParameters)
        self.gateway = gateway
    }

    /// A session that a ticket describes: another replica began it, or it rested here.
    init(resuming ticket: SessionTicket, sealed: String, initializeParameters: [UInt8], gateway: Gateway) {
        uid = ticket.session
        caller = Caller(principal: ticket.principal)
        issuedAt = ticket.issuedAt
        self.ticket = sealed
        revision = ProtocolRevision(rawValue: ticket.protocolVersion)
        self.initializeParameters = initializeParameters
        machine = .resuming(initializeParameters: initializeParameters)
        self.gateway = gateway
        log.info("session resumed from its ticket")
    }

    deinit {
        child?.stop()
        startLimit?.cancel()
    }

    var isBusy: Bool { machine.isBusy }
    var listenerCount: Int { listener == nil ? 0 : 1 }

    var isIdle: Bool { machine.isIdle }

    var hasChild: Bool { child != nil }

    var isResumable: Bool { initializeParameters.count <= SessionTicket.largestParameters }

    func begin(_ message: ScannedMessage, _ visit: Visit) {
        let post = register { _ in PostResponse(visit, waitsForAnswer: true) }
        perform(machine.begin(message, on: post, canStream: false))
    }

    func receive(_ posted: PostedMessages, _ visit: Visit) {
        let requests = posted.requests
        if machine.phase == .dormant, !requests.isEmpty, let refusal = gateway.makeRoomForServer() {
            return visit.exchange.refuse(refusal)
        }
        let post = register { post in
            let recorded = recordedStream(post, answering: requests.count == 1 ? requests.first : nil)
            return PostResponse(visit, isBatch: posted.isBatch, recorded: recorded)
        }
        let canStream = posts[post]?.canStream ?? false
        perform(machine.clientSent(posted.messages, on: post, canStream: canStream))
    }

    func end(_ reason: String) { perform(machine.end(reason)) }

    func sleep() { perform(machine.sleep()) }

    func closeListeners() {
        listener?.stream.finish()
        listener = nil
        machine.listenerClosed()
    }

    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        listener?.stream.keepAlive(after: interval, now: now)
        for post in posts.values { post.keepAlive(after: interval, now: now) }
        forgetLeftStreams(now: now)
        // Idle time counts from the last moment at which somebody waited or listened.
        if !isIdle { lastUse = now }
    }

    func touch() { lastUse = .now() }

    private func register(_ response: (PostID) -> PostResponse) -> PostID {
        touch()
        nextPost += 1
        let post = nextPost
        let response = response(post)
        posts[post] = response
        watch(response.exchange, of: post)
        return post
    }
}

/// Carrying out actions.
extension StdioSession {
    /// Performs actions in order. What an action brings about on the spot queues up behind the actions before it.
    func perform(_ actions: [SessionAction]) {
        pending += actions
        guard !isPerforming else { return }
        isPerforming = true
        var next = 0
        while next < pending.count {
            perform(pending[next])
            next += 1
        }
        pending.removeAll(keepingCapacity: true)
        isPerforming = false
    }

    private func perform(_ action: SessionAction) {
        switch action {
        case .startChild: startChild()
        case .stopChild:
            child?.stop()
            child = nil
        case .toChild(let message): child?.send(message)
        case .established(let post, let result, let version):
            answer(post, result, isLast: true, headers: ["mcp-session-id": established(version)])
        case .answer(let post, let message, let isLast): answer(post, message, isLast: isLast)
        case .push(let post, let message): posts[post]?.push(message)
        case .accept(let post): take(post)?.exchange.respond(.accepted)
        case .refuse(let post, let refusal): take(post)?.exchange.refuse(refusal)
        case .toListener(let message): listener?.stream.send(message)
        case .watchCancelled(let id):
            gateway.later(.seconds(5)) { [weak self] in
                guard let self else { return }
                self.perform(self.machine.cancelledUnanswered(id))
            }
        case .ended:
            closeListeners()
            gateway.forget(self)
            log.info("session ended")
        case .note(let note): logBounded(.warning, note.rawValue)
        }
    }

    private func take(_ post: PostID) -> PostResponse? { posts.removeValue(forKey: post) }

    private func answer(_ post: PostID, _ message: ByteBuffer, isLast: Bool, headers: HTTPHeaders = [:]) {
        touch()
        let response = isLast ? take(post) : posts[post]
        response?.visit.record.failed()
        response?.answer(message, isLast: isLast, headers: headers)
    }

    private func established(_ version: String) -> String {
        let sealed = gateway.issueTicket(for: self, protocolVersion: version, parameters: initializeParameters)
        ticket = sealed
        revision = ProtocolRevision(rawValue: version)
        gateway.adopt(self, as: sealed)
        log.info("session began", metadata: ["protocol": "\(version)"])
        return sealed
    }

    private func watchStart() {
        let attempt = machine.attempt
        let patience = gateway.configuration.startTime
        startLimit?.cancel()
        startLimit = gateway.later(patience) { [weak self] in
            guard let self else { return }
            let actions = self.machine.startTimedOut(attempt, after: patience.wholeSeconds)
            if !actions.isEmpty {
                self.child?.failedToStart("it did not answer initialize within \(patience.wholeSeconds) seconds")
            }
            self.perform(actions)
        }
    }

    private func startChild() {
        do throws(SpawnFailure) {
            child = try gateway.connect(self)
            watchStart()
        } catch {
            // A start that has to wait is no news: /health says why.
            if error.held == nil { log.error("the server could not be started", metadata: ["reason": "\(error)"]) }
            perform(machine.childEnded("\(error)"))
        }
    }
}

extension StdioSession: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {
        switch line {
        case .whole(let bytes) where bytes.readableBytes == 0: break
        case .whole(let bytes):
            do throws(MessageScanner.Refusal) {
                childSent(try ScannedMessage(scanning: bytes))
            } catch {
                perform([.note(.unreadable)])
            }
        case .tooLong(let beginning):
            let told = MessageScanner.beginning(beginning.readableBytesUInt8Span)
            perform(machine.childOverflowed(told, limit: gateway.configuration.messageLimit))
        }
    }

    func childSent(_ message: ScannedMessage) {
        note(message)
        perform(machine.childSent(message))
        guard machine.phase == .ready else { return }
        child?.answered()
        startLimit?.cancel()
        startLimit = nil
    }

    /// Notes an answer with the request that it belongs to.
    private func note(_ message: ScannedMessage) {
        guard message.envelope.kind == .response, let id = message.envelope.id, let call = machine.calls[id] else {
            return
        }
        posts[call.post]?.visit.record.answered(message.envelope)
    }

    func childComplained(_ line: ByteBuffer) { logBounded(.info, "server: \(String(buffer: line))") }

    /// Logs what the child brings about, which could be a flood.
    private func logBounded(_ level: Logger.Level, _ line: @autoclosure () -> String) {
        let (isWritten, dropped) = complaints.admit(now: .now())
        guard isWritten else { return }
        if dropped > 0 { log.warning("log lines about this server were dropped: \(dropped)") }
        log.log(level: level, "\(line())")
    }

    func childEnded(_ reason: String) {
        log.warning("the server stopped", metadata: ["reason": "\(reason)"])
        child = nil
        perform(machine.childEnded(reason))
    }
}
