import HTTPTransport
import NIOCore
import NIOHTTP1

/// Gathers the answer to one call; status 0 where none came.
final class Answer: HTTPCallReceiver {
    private let whole: Happenings<(status: UInt, body: String)>
    private var status: UInt = 0
    private var body = ""

    private init(_ whole: Happenings<(status: UInt, body: String)>) { self.whole = whole }

    static func from(
        _ target: HTTPTarget,
        _ path: String,
        body: String,
        over pool: NIOLoopBound<HTTPConnectionPool>
    ) async throws -> (status: UInt, body: String) {
        let whole = Happenings<(status: UInt, body: String)>()
        let headers: HTTPHeaders = ["host": "\(target)", "content-length": "\(body.utf8.count)"]
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: headers)
        try await pool.eventLoop.submit {
            let call = pool.value.call(head, to: target, receiver: Answer(whole))
            if !body.isEmpty { call.send(ByteBuffer(string: body)) }
            call.endRequest()
        }.get()
        return try await whole.next() ?? (0, "")
    }

    func responseStarted(_ head: HTTPResponseHead) { status = head.status.code }
    func responseReceived(_ piece: ByteBuffer) { body += String(buffer: piece) }
    func responseCaughtUp() {}
    func responseEnded() { whole.report((status, body)) }
    func responseFailed(_ failure: HTTPCallFailure) { whole.report((0, "\(failure)")) }
    func requestWritable() {}
}
