import NIOCore
import NIOHTTP1

/// One question to a replica's `/health`; anything but a timely 200 is a no.
package final class HealthProbe: HTTPCallReceiver {
    private var onVerdict: ((Bool) -> Void)?
    private var isOK = false

    private init(onVerdict: @escaping (Bool) -> Void) { self.onVerdict = onVerdict }

    package static func start(
        _ target: HTTPTarget,
        over pool: HTTPConnectionPool,
        eventLoop: any EventLoop,
        onVerdict: @escaping (Bool) -> Void
    ) {
        let probe = HealthProbe(onVerdict: onVerdict)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/health", headers: ["host": "\(target)"])
        let call = pool.call(head, body: ByteBuffer(), to: target, receiver: probe)
        eventLoop.assumeIsolated().scheduleTask(in: .seconds(2)) {
            guard probe.onVerdict != nil else { return }
            call.cancel()
            probe.finish(false)
        }
    }

    package func responseStarted(_ head: HTTPResponseHead) { isOK = head.status == .ok }
    package func responseReceived(_ piece: ByteBuffer) {}
    package func responseCaughtUp() {}
    package func responseEnded() { finish(isOK) }
    package func responseFailed(_ failure: HTTPCallFailure) { finish(false) }
    package func requestWritable() {}

    private func finish(_ verdict: Bool) {
        onVerdict?(verdict)
        onVerdict = nil
    }
}
