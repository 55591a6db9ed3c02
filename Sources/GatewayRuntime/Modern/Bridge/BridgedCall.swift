import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A bridged call at work: feeds its state and carries out what that answers.
final class BridgedCall: ModernCall {
    /// How long a server may still work on a call that nobody waits for.
    private static let patience: TimeAmount = .seconds(5)
    /// How long a client may take to answer a question.
    static let inputTime: TimeAmount = .minutes(5)

    let uid = SessionUID.random()
    let caller: Caller
    private unowned let bridge: Bridge
    private let gateway: Gateway
    private let first: ModernRequest
    private var response: PostResponse?
    private var state: BridgedCallState?
    private var child: WarmChild?
    private var round = 0

    init(_ request: ModernRequest, _ visit: Visit, bridge: Bridge, gateway: Gateway) {
        first = request
        caller = visit.caller
        self.bridge = bridge
        self.gateway = gateway
        attach(visit)
    }

    private func attach(_ visit: Visit) {
        response = PostResponse(visit)
        visit.exchange.onDisconnect = { [weak self] in
            guard let self else { return }
            self.response = nil
            if self.state == nil { self.leave() } else { self.perform(self.state?.clientLeft()) }
        }
    }

    func keepAlive(after interval: TimeAmount, now: NIODeadline) { response?.keepAlive(after: interval, now: now) }

    /// Whether a retry may go on with this call.
    func accepts(_ retry: ModernRequest, of caller: Caller) -> Bool {
        caller == self.caller && state?.accepts(retry) == true
    }

    func retry(_ request: ModernRequest, _ visit: Visit) {
        round += 1
        attach(visit)
        perform(state?.retried(request))
    }

    private func perform(_ actions: [BridgedCallAction]?) {
        for action in actions ?? [] { perform(action) }
    }

    private func perform(_ action: BridgedCallAction) {
        switch action {
        case .toServer(let line): child?.send(line)
        case .push(let message): response?.push(message)
        case .answer(let message, let status): answer(message, status)
        case .tellListeners(let message): bridge.listening.heard(message)
        case .giveBack:
            if let child { bridge.pool.takeBack(child) }
            child = nil
        case .discard:
            if let child { bridge.pool.discard(child) }
            child = nil
        case .watchCancelled: timeOut(after: Self.patience)
        case .awaitInput: timeOut(after: Self.inputTime)
        case .over: bridge.ended(self)
        }
    }

    private func answer(_ message: ByteBuffer, _ status: HTTPResponseStatus) {
        response?.exchange.onDisconnect = nil
        response?.answer(message, isLast: true, status: status)
        response = nil
    }

    private func timeOut(after delay: TimeAmount) {
        let current = round
        gateway.later(delay) { [weak self] in
            guard let self, self.round == current else { return }
            self.response?.visit.record.failed()
            self.perform(self.state?.timedOut())
        }
    }

    /// Gives up a request that no process works on.
    private func leave() {
        bridge.pool.forget(self)
        bridge.ended(self)
    }
}

extension BridgedCall: WarmChildUser {
    func served(by child: WarmChild) {
        guard let greeting = child.greeting else { return }
        self.child = child
        let uid = uid
        let (gateway, caller) = (gateway, caller)
        let state = BridgedCallState(first, greeting: greeting) {
            gateway.sealState(.waiting(uid), for: caller)
        }
        self.state = state
        perform(state.begin(level: child.logLevel))
        if let level = first.logLevel { child.logLevel = level }
    }

    func notServed(_ refusal: Refusal) {
        response?.visit.record.refusal = refusal
        answer(refusal.error.response(to: first.id), refusal.status)
        bridge.ended(self)
    }

    func serverSent(_ message: ScannedMessage) {
        if message.envelope.kind == .response { response?.visit.record.answered(message.envelope) }
        perform(state?.serverSent(message))
    }

    func serverEnded(_ reason: String) {
        child = nil
        response?.visit.record.failed()
        if state != nil { return perform(state?.serverEnded(reason)) }
        let words = "The MCP server did not start: \(reason)."
        answer(JSONRPCError(code: JSONRPCError.internalError, message: words).response(to: first.id), .ok)
        bridge.ended(self)
    }
}
