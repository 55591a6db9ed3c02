import HTTPTransport
import MCPWire
import NIOHTTP1

/// What is served by a process per session, and what by an HTTP server beside the gateway.
extension Gateway {
    /// A body over this size is not read before it is passed on, where its session is here.
    static let largestInspectedBody = 64 * 1024

    /// A session that its client begins now.
    func newSession(of caller: Caller, initializeParameters: [UInt8]) -> any Session {
        guard let upstream else {
            return StdioSession(of: caller, initializeParameters: initializeParameters, gateway: self)
        }
        return HTTPSession(of: caller, initializeParameters: initializeParameters, gateway: self, upstream: upstream)
    }

    /// A session that a ticket describes.
    func resumedSession(_ ticket: SessionTicket, _ sealed: String, initializeParameters: [UInt8]) -> any Session {
        guard let upstream else {
            return StdioSession(
                resuming: ticket, sealed: sealed, initializeParameters: initializeParameters, gateway: self
            )
        }
        return HTTPSession(
            resuming: ticket,
            sealed: sealed,
            initializeParameters: initializeParameters,
            gateway: self,
            upstream: upstream
        )
    }

    /// Looks for the HTTP server, and starts it where that is the gateway's to do.
    func startUpstream() {
        guard let upstream else { return }
        upstream.start()
        guard !configuration.command.isEmpty else { return }
        upstream.onFound = { [weak self] in self?.upstreamProcess?.answered() }
        let process = UpstreamProcess(gateway: self)
        upstreamProcess = process
        process.start()
    }

    /// Passes a large POST of a session that is here on to the HTTP server as it arrives; says whether it did.
    func streamsThrough(_ visit: Visit) -> Bool {
        let headers = visit.exchange.head.headers
        guard upstream != nil, let length = headers.value("content-length").flatMap({ Int($0) }) else {
            return false
        }
        guard length > Self.largestInspectedBody, length <= configuration.messageLimit else { return false }
        let version = headers.value("mcp-protocol-version").flatMap(ProtocolRevision.init(rawValue:))
        guard version?.isModern != true, let sessionID = headers.value("mcp-session-id") else { return false }
        guard let session = sessions[ticket: sessionID] as? HTTPSession, session.caller == visit.caller else {
            return false
        }
        if visit.hop == nil { calls.local += 1 } else { calls.received += 1 }
        visit.record.session = session.uid
        session.stream(visit)
        return true
    }
}
