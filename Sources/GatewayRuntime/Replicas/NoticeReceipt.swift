import HTTPTransport
import NIOCore
import NIOHTTP1

/// A notice on its way to a peer, which notes when it did not arrive.
final class NoticeReceipt: HTTPCallReceiver {
    private let notice: Hop.Notice
    private let peer: HTTPTarget
    private weak var gateway: Gateway?

    init(of notice: Hop.Notice, by peer: HTTPTarget, _ gateway: Gateway) {
        self.notice = notice
        self.peer = peer
        self.gateway = gateway
    }

    func responseStarted(_ head: HTTPResponseHead) {}
    func responseReceived(_ piece: ByteBuffer) {}
    func responseCaughtUp() {}
    func responseEnded() {}
    func requestWritable() {}

    func responseFailed(_ failure: HTTPCallFailure) {
        switch notice {
        case .taken, .ended, .endedBefore: gateway?.replicas.owesNews(to: peer)
        case .arrived: gateway?.replicas.notGreeted(peer)
        case .leaving, .changed: break
        }
    }
}
