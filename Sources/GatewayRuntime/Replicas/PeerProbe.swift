import HTTPTransport
import NIOCore
import NIOHTTP1

/// One question to a peer's `/health`, on the side of whatever else is with it.
final class PeerProbe: HTTPCallReceiver {
    enum Verdict: Equatable {
        /// It is there and takes sessions.
        case ready
        /// It is there, and that is all.
        case present
        /// Nobody listens there.
        case absent
        /// Nothing was heard in time.
        case silent
    }

    private var onVerdict: ((Verdict) -> Void)?
    private var verdict = Verdict.absent

    private init(onVerdict: @escaping (Verdict) -> Void) { self.onVerdict = onVerdict }

    /// Asks, and calls `onVerdict` once: with an answer, or after `limit`.
    static func start(
        _ target: HTTPTarget,
        over pool: HTTPConnectionPool,
        eventLoop: any EventLoop,
        limit: TimeAmount,
        onVerdict: @escaping (Verdict) -> Void
    ) {
        let probe = PeerProbe(onVerdict: onVerdict)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/health", headers: ["host": "\(target)"])
        let call = pool.call(head, body: ByteBuffer(), to: target, receiver: probe)
        eventLoop.assumeIsolated().scheduleTask(in: limit) {
            guard probe.onVerdict != nil else { return }
            call.cancel()
            probe.finish(.silent)
        }
    }

    func responseStarted(_ head: HTTPResponseHead) { verdict = head.status == .ok ? .ready : .present }
    func responseReceived(_ piece: ByteBuffer) {}
    func responseCaughtUp() {}
    func responseEnded() { finish(verdict) }
    func responseFailed(_ failure: HTTPCallFailure) { finish(verdict) }
    func requestWritable() {}

    private func finish(_ verdict: Verdict) {
        onVerdict?(verdict)
        onVerdict = nil
    }
}
