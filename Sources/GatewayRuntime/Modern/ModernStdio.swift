import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Serves modern requests with a stdio server, of whatever era that server is. Which one it is, the first request finds
/// out; a replica that serves older clients only never starts a process for it.
final class ModernStdio {
    /// Requests that may wait until the server's era is known.
    static let mostWaiting = 1_000

    private struct Request {
        let request: ModernRequest
        let body: ByteBuffer
        let visit: Visit

        var client: WarmClient { WarmClient(caller: visit.caller, capabilities: request.clientCapabilities) }
    }

    private enum Server {
        case unknown
        case legacy(LegacyGreeting)
        case modern(ModernGreeting)

        /// Whether it has tools.
        var offersTools: Bool {
            switch self {
            case .unknown: false
            case .legacy(let greeting): greeting.offers("tools")
            case .modern(let greeting): greeting.offersTools
            }
        }
    }

    private unowned let gateway: Gateway
    private var server = Server.unknown {
        didSet { offersTools = server.offersTools }
    }
    private var offersTools = false
    private var isProbing = false
    private var waiting: [Request] = []
    private var calls: [ObjectIdentifier: NativeCall] = [:]
    private let news: ChangeNews
    private(set) lazy var bridge = Bridge(gateway) { [weak self] in
        self?.greeted($0)
    } onChange: { [weak self] in
        self?.changed($0)
    }
    private lazy var arguments = ArgumentCheck(gateway) { [unowned self] in self.ask(as: $0, onEnd: $1) }

    init(_ gateway: Gateway) {
        self.gateway = gateway
        news = ChangeNews(gateway)
    }

    /// - Parameter body: the request as the server shall see it.
    func serve(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit) {
        switch server {
        case .legacy(let greeting):
            check(request, visit) { self.bridge.serve(request, visit, greeting: greeting) }
        case .modern: check(request, visit) { self.pass(request, body, visit) }
        case .unknown:
            guard waiting.count < Self.mostWaiting else { return visit.exchange.refuse(.serversBusy, to: request.id) }
            let waits = Request(request: request, body: body, visit: visit)
            waiting.append(waits)
            if !isProbing { bridge.pool.probe(for: waits.client) }
            isProbing = true
        }
    }

    private func greeted(_ outcome: Introduction.Outcome) {
        isProbing = false
        let requests = waiting
        waiting = []
        switch outcome {
        case .legacy(let greeting): server = .legacy(greeting)
        case .modern(let greeting):
            server = .modern(greeting)
            gateway.sharedServer(.modern).wanted = greeting.announces
        case .failed(let reason): return fail(requests, reason)
        case .refused:
            // The first of them was asked for; the others may be to the server's liking.
            guard let client = requests.first?.client else { return }
            fail(requests.filter { $0.client == client }, Introduction.refusal)
            return serve(requests.filter { $0.client != client })
        }
        serve(requests)
    }

    private func serve(_ requests: [Request]) {
        for one in requests where !one.visit.exchange.isOver { serve(one.request, one.body, one.visit) }
    }

    private func fail(_ requests: [Request], _ reason: String) {
        let words = "The MCP server did not start: \(reason)."
        let error = JSONRPCError(code: JSONRPCError.internalError, message: words)
        for one in requests {
            one.visit.record.failed()
            one.visit.exchange.respond(
                .ok,
                ["content-type": "application/json"],
                body: error.response(to: one.request.id)
            )
        }
    }

    /// Goes on with a call that waits for its client's answers.
    func retry(_ call: SessionUID, _ request: ModernRequest, _ visit: Visit) {
        check(request, visit) { self.bridge.retry(call, request, visit) }
    }

    private func check(_ request: ModernRequest, _ visit: Visit, pass: @escaping () -> Void) {
        guard offersTools, request.method == "tools/call" else { return pass() }
        arguments.check(request, visit, pass: pass)
    }

    /// Asks the server for its tools.
    private func ask(as client: WarmClient, onEnd: @escaping (ToolInquiry.Outcome) -> Void) -> ToolInquiry {
        guard case .modern = server else {
            let inquiry = ToolInquiry(isModern: false, pool: bridge.pool, onEnd: onEnd)
            bridge.pool.lend(to: inquiry, for: client)
            return inquiry
        }
        let inquiry = ToolInquiry(isModern: true, pool: bridge.pool, onEnd: onEnd)
        do throws(SpawnFailure) {
            inquiry.begin(at: try gateway.sharedServer(.modern).seat(for: inquiry))
        } catch {
            inquiry.childEnded("\(error)")
        }
        return inquiry
    }

    private func pass(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit) {
        let call = NativeCall(request, visit, gateway: gateway) { [weak self] in self?.calls[ObjectIdentifier($0)] = nil
        }
        calls[ObjectIdentifier(call)] = call
        do throws(SpawnFailure) {
            call.begin(body, over: try gateway.sharedServer(.modern).seat(for: call))
        } catch {
            call.childEnded("\(error)")
        }
    }

    func keepUp(after interval: TimeAmount, now: NIODeadline) {
        bridge.keepUp(after: interval, now: now)
        for call in calls.values { call.keepAlive(after: interval, now: now) }
    }

    /// A server process of this replica told of a change. Those who listen here hear of it without this.
    func changed(_ change: ServerChange) {
        if change.isOfTools { arguments.outdated() }
        news.tell(change)
    }

    /// A peer passes on what its server told it.
    func heard(_ told: String) {
        guard let change = ServerChange(told: told) else { return }
        if change.isOfTools { arguments.outdated() }
        bridge.listening.tell(change)
        for call in calls.values { call.tell(change) }
    }

    /// Ends the streams that have no end of their own.
    func endListening() {
        bridge.listening.end()
        for call in calls.values { call.endListening() }
    }

    func close() {
        arguments.close()
        bridge.pool.close()
    }
}
