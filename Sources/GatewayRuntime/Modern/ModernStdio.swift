import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Serves modern requests with a stdio server, of whatever era that server is. Which one it is, the first request finds
/// out; a replica that serves older clients only never starts a process for it.
final class ModernStdio {
    /// Requests that may wait until the server's era is known.
    static let mostWaiting = 1_000

    private enum Server {
        case unknown
        case legacy(LegacyGreeting)
        case modern
    }

    private unowned let gateway: Gateway
    private var server = Server.unknown
    private var isProbing = false
    private var waiting: [(request: ModernRequest, visit: Visit)] = []
    private(set) lazy var bridge = Bridge(gateway) { [weak self] in self?.greeted($0) }

    init(_ gateway: Gateway) { self.gateway = gateway }

    func serve(_ request: ModernRequest, _ visit: Visit) {
        switch server {
        case .legacy(let greeting): bridge.serve(request, visit, greeting: greeting)
        case .modern: break
        case .unknown:
            guard waiting.count < Self.mostWaiting else { return visit.exchange.refuse(.serversBusy, to: request.id) }
            waiting.append((request, visit))
            if !isProbing { bridge.pool.probe(capabilities: request.clientCapabilities) }
            isProbing = true
        }
    }

    private func greeted(_ outcome: Handshake.Outcome) {
        isProbing = false
        let requests = waiting
        waiting = []
        switch outcome {
        case .legacy(let greeting): server = .legacy(greeting)
        case .modern: server = .modern
        case .failed(let reason):
            let words = "The MCP server did not start: \(reason)."
            let error = JSONRPCError(code: JSONRPCError.internalError, message: words)
            for (request, visit) in requests {
                visit.exchange.respond(
                    .ok,
                    ["content-type": "application/json"],
                    body: error.response(to: request.id)
                )
            }
            return
        }
        for (request, visit) in requests where !visit.exchange.isOver { serve(request, visit) }
    }

    func keepUp(after interval: TimeAmount, now: NIODeadline) { bridge.keepUp(after: interval, now: now) }

    /// Ends the streams that have no end of their own.
    func endListening() { bridge.listening.end() }

    func close() { bridge.pool.close() }
}
