import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A modern request on its way to the replica that can serve it: asked one after another, each serves it or says that
/// it is none of its business. When none does, `otherwise` decides.
///
/// Once a replica may have begun to act on the request it is sent to no other.
final class ModernPassage {
    private let gateway: Gateway
    private let request: ModernRequest
    private let visit: Visit
    private let body: ByteBuffer
    private let otherwise: () -> Void
    private var peers: ArraySlice<HTTPTarget>

    private init(
        _ gateway: Gateway,
        _ request: ModernRequest,
        _ visit: Visit,
        _ body: ByteBuffer,
        among peers: [HTTPTarget],
        otherwise: @escaping () -> Void
    ) {
        self.gateway = gateway
        self.request = request
        self.visit = visit
        self.body = body
        self.peers = peers[...]
        self.otherwise = otherwise
    }

    /// - Parameter body: the request as the client sent it.
    static func pass(
        _ request: ModernRequest,
        _ visit: Visit,
        _ body: ByteBuffer,
        among peers: [HTTPTarget],
        gateway: Gateway,
        otherwise: @escaping () -> Void
    ) {
        ModernPassage(gateway, request, visit, body, among: peers, otherwise: otherwise).tryNext()
    }

    private func tryNext() {
        guard !visit.exchange.isOver else { return }
        guard let peer = peers.popFirst() else { return otherwise() }
        let head = gateway.hopHead(visit, "", .find)
        let relay = HTTPRelay.start(
            visit.exchange,
            as: head,
            body: .collected(body),
            to: peer,
            over: gateway.pool,
            linking: { self.gateway.linkHead(to: peer) }
        ) { head in
            guard Hop.refusal(in: head) == nil else { return true }
            self.gateway.calls.forwarded += 1
            self.visit.record.peer = peer
            return false
        } onFailure: { failure in
            self.failed(failure, at: peer)
        }
        gateway.watch.follow(relay, to: peer)
    }

    private func failed(_ failure: RelayFailure, at peer: HTTPTarget) {
        switch failure {
        case .declined: tryNext()
        case .call(.unreachable):
            gateway.replicas.failed(peer)
            tryNext()
        case .call(.broken):
            gateway.replicas.failed(peer)
            visit.record.failed()
            visit.exchange.endBroken([request.id])
        }
    }
}
