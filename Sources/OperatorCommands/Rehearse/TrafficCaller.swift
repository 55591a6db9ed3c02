import AWSOperations
import FleetModel
import HTTPTransport

/// A client that asks for the list of tools, again and again: the one call every server has, and that changes nothing.
struct TrafficCaller: Sendable {
    let location: HTTPLocation
    /// Whether it speaks 2026-07-28; else it begins a session.
    let isModern: Bool
    /// Sent with every request. They may hold secrets.
    let headers: [WebRequest.Header]
    let web: WebClient
    let elapsed: @Sendable () -> Duration
    let pause: @Sendable (Duration) async throws -> Void

    /// Longer than a takeover may take, and shorter than anybody's patience.
    private static let patience = Duration.seconds(30)
    /// Between two calls, so that a fleet on one machine has time for something else.
    private static let breath = Duration.milliseconds(100)

    var revision: String { isModern ? Handshake.modern : Handshake.legacy }

    /// Whether the server behind the door speaks this era.
    func isServed() async -> Bool {
        let answer =
            isModern
            ? await send(Handshake.listTools(id: Handshake.id, isModern: true), inSession(nil))
            : await begin(id: Handshake.id).0
        return Self.failure(answer, id: Handshake.id) == nil
    }

    /// Calls until it is cancelled, in one session where there are sessions.
    ///
    /// - Parameter report: is told of each call, the session's beginning among them.
    func run(_ report: @Sendable (TrafficCall) -> Void) async {
        var session: String?
        var isBegun = isModern
        var id = Handshake.id
        while !Task.isCancelled {
            id += 1
            let start = elapsed()
            let answer: Result<WebResponse, WebFailure>
            if isBegun {
                answer = await send(Handshake.listTools(id: id, isModern: isModern), inSession(session))
            } else {
                (answer, session) = await begin(id: id)
            }
            // A call that was cut off because nobody wants it any more is none.
            if Task.isCancelled { return }
            let failure = Self.failure(answer, id: id)
            if failure == nil { isBegun = true }
            report(TrafficCall(milliseconds: Self.milliseconds(elapsed() - start), failure: failure))
            do {
                try await pause(Self.breath)
            } catch {
                return  // cancelled
            }
        }
    }

    /// `initialize` and `notifications/initialized`: the first's answer, and the session that it began.
    private func begin(id: Int) async -> (Result<WebResponse, WebFailure>, String?) {
        let answer = await send(Handshake.initialize(id: id), [])
        guard case .success(let response) = answer else { return (answer, nil) }
        let session = response.header("mcp-session-id")
        _ = await send(Handshake.initialized, inSession(session))
        return (answer, session)
    }

    private func inSession(_ session: String?) -> [WebRequest.Header] {
        isModern ? Handshake.calling("tools/list") : Handshake.inSession(session, revision)
    }

    private func send(_ body: [UInt8], _ more: [WebRequest.Header]) async -> Result<WebResponse, WebFailure> {
        await web.send(
            WebRequest(
                method: "POST", url: location.description, headers: Handshake.posting + more + headers, body: body,
                limit: 4 << 20, timeout: Self.patience, allowsPlainHTTP: true
            )
        )
    }

    static func failure(_ answer: Result<WebResponse, WebFailure>, id: Int) -> String? {
        switch answer {
        case .failure(let failure): return failure.words
        case .success(let response) where response.status != 200:
            return "answered \(response.status): \(String(decoding: response.body.prefix(200), as: UTF8.self))"
        case .success(let response):
            guard let reply = HandshakeReply(response, to: id) else { return "answered 200 with no answer to the call" }
            return reply.error.map { "\($0.code): \($0.message)" }
        }
    }

    private static func milliseconds(_ time: Duration) -> Int {
        Int(time.components.seconds) * 1000 + Int(time.components.attoseconds / 1_000_000_000_000_000)
    }
}
