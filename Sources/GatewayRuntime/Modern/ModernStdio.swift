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
    }

    private enum Server {
        case unknown
        case legacy(LegacyGreeting)
        case modern
    }

    private unowned let gateway: Gateway
    private var server = Server.unknown
    private var isProbing = false
    private var waiting: [Request] = []
    private var calls: [ObjectIdentifier: NativeCall] = [:]
    private(set) lazy var bridge = Bridge(gateway) { [weak self] in self?.greeted($0) }

    init(_ gateway: Gateway) { self.gateway = gateway }

    /// - Parameter body: the request as the server shall see it.
    func serve(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit) {
        switch server {
        case .legacy(let greeting): bridge.serve(request, visit, greeting: greeting)
        case .modern: pass(request, body, visit)
        case .unknown:
            guard waiting.count < Self.mostWaiting else { return visit.exchange.refuse(.serversBusy, to: request.id) }
            waiting.append(Request(request: request, body: body, visit: visit))
            let client = WarmClient(caller: visit.caller, capabilities: request.clientCapabilities)
            if !isProbing { bridge.pool.probe(for: client) }
            isProbing = true
        }
    }

    private func greeted(_ outcome: Introduction.Outcome) {
        isProbing = false
        let requests = waiting
        waiting = []
        switch outcome {
        case .legacy(let greeting): server = .legacy(greeting)
        case .modern: server = .modern
        case .failed(let reason):
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
            return
        }
        for one in requests where !one.visit.exchange.isOver { serve(one.request, one.body, one.visit) }
    }

    /// Goes on with a call that waits for its client's answers.
    func retry(_ call: SessionUID, _ request: ModernRequest, _ visit: Visit) {
        bridge.retry(call, request, visit)
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

    /// A peer passes on what its server told it.
    func heard(_ change: String) { bridge.listening.heard(change) }

    /// Ends the streams that have no end of their own.
    func endListening() {
        bridge.listening.end()
        for call in calls.values { call.endListening() }
    }

    func close() { bridge.pool.close() }
}
