import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Serves modern requests with a stdio server of an older revision.
final class Bridge {
    /// What both the older revisions and the modern one have. An older server is asked nothing else: many answer a method
    /// that they don't know with another error than "method not found".
    private static let methods: Set = [
        "tools/list", "tools/call", "prompts/list", "prompts/get", "resources/list", "resources/read",
        "resources/templates/list", "completion/complete",
    ]

    let pool: WarmPool
    let listening: BridgedListening
    private unowned let gateway: Gateway
    private var calls: [SessionUID: BridgedCall] = [:]

    /// - Parameter onGreeting: hears how each start of a process went.
    init(_ gateway: Gateway, onGreeting: @escaping (Introduction.Outcome) -> Void) {
        self.gateway = gateway
        let listening = BridgedListening(gateway)
        self.listening = listening
        pool = WarmPool(gateway, onGreeting: onGreeting) { listening.heard($0) }
        listening.pool = pool
    }

    /// - Parameter greeting: what the server said of itself.
    func serve(_ request: ModernRequest, _ visit: Visit, greeting: LegacyGreeting) {
        switch request.method {
        case "server/discover": Self.answer(greeting.discovery(for: request.id), visit)
        case "subscriptions/listen": listening.open(request, visit, greeting: greeting)
        case let method where Self.methods.contains(method): begin(request, visit)
        case let method: visit.exchange.refuse(.unknownMethod(method), to: request.id)
        }
    }

    private func begin(_ request: ModernRequest, _ visit: Visit) {
        let call = BridgedCall(request, visit, bridge: self, gateway: gateway)
        calls[call.uid] = call
        pool.lend(to: call, for: WarmClient(caller: visit.caller, capabilities: request.clientCapabilities))
    }

    /// Goes on with a call that waits for its client's answers.
    func retry(_ uid: SessionUID, _ request: ModernRequest, _ visit: Visit) {
        guard let call = calls[uid], call.accepts(request, of: visit.caller) else {
            return visit.exchange.refuse(.inputExpired, to: request.id)
        }
        call.retry(request, visit)
    }

    func ended(_ call: BridgedCall) { calls[call.uid] = nil }

    func keepUp(after interval: TimeAmount, now: NIODeadline) {
        pool.keepUp(now: now)
        for call in calls.values { call.keepAlive(after: interval, now: now) }
        listening.keepAlive(after: interval, now: now)
    }

    private static func answer(_ message: ByteBuffer, _ visit: Visit) {
        visit.exchange.respond(.ok, ["content-type": "application/json"], body: message)
    }
}
