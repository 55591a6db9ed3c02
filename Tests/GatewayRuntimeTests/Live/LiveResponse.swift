import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

@testable import GatewayRuntime

/// A response that is still coming, as one client sees it.
struct LiveResponse: Sendable {
    struct Missing: Error { let wanted: String, had: String }

    fileprivate let loop: any EventLoop
    fileprivate let recorder: NIOLoopBound<Recorder>

    /// What has come so far, once it holds `text`.
    func body(with text: String) async throws -> String {
        for _ in 0..<1500 {
            let (body, isOver) = try await now()
            if body.contains(text) { return body }
            if isOver { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Missing(wanted: text, had: try await now().0)
    }

    /// All of it, once it has ended.
    func whole() async throws -> String {
        for _ in 0..<1500 {
            let (body, isOver) = try await now()
            if isOver { return body }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Missing(wanted: "the end", had: try await now().0)
    }

    var status: HTTPResponseStatus? {
        get async throws { try await loop.submit { [recorder] in recorder.value.status }.get() }
    }

    /// The client's connection breaks.
    func cut() async throws { try await loop.submit { [recorder] in recorder.value.call?.cancel() }.get() }

    private func now() async throws -> (String, Bool) {
        try await loop.submit { [recorder] in (String(buffer: recorder.value.body), recorder.value.isOver) }.get()
    }

    fileprivate final class Recorder: HTTPCallReceiver {
        var call: HTTPCall?
        var status: HTTPResponseStatus?
        var body = ByteBuffer()
        var isOver = false

        func responseStarted(_ head: HTTPResponseHead) { status = head.status }
        func responseReceived(_ piece: ByteBuffer) { body.writeImmutableBuffer(piece) }
        func responseCaughtUp() {}
        func responseEnded() { isOver = true }
        func responseFailed(_ failure: HTTPCallFailure) { isOver = true }
        func requestWritable() {}
    }
}

extension LiveGateway {
    /// Sends a request and leaves its response open.
    func open(
        _ method: HTTPMethod,
        _ message: String = "",
        session: String?,
        lastEvent: String? = nil
    ) async throws -> LiveResponse {
        var headers: HTTPHeaders = [
            "host": "\(target)", "content-type": "application/json", "accept": "application/json, text/event-stream",
            "content-length": "\(message.utf8.count)",
        ]
        if let session { headers.add(name: "mcp-session-id", value: session) }
        if let lastEvent { headers.add(name: "last-event-id", value: lastEvent) }
        return try await open(
            HTTPRequestHead(version: .http1_1, method: method, uri: "/mcp", headers: headers), message)
    }

    func open(_ head: HTTPRequestHead, _ message: String) async throws -> LiveResponse {
        let recorder = try await loop.submit { [loop, gateway, target] in
            let recorder = LiveResponse.Recorder()
            let body = ByteBuffer(string: message)
            recorder.call = gateway.value.pool.call(head, body: body, to: target, receiver: recorder)
            return NIOLoopBound(recorder, eventLoop: loop)
        }.get()
        return LiveResponse(loop: loop, recorder: recorder)
    }

    /// A session whose `initialize` names the server's own revision; its id.
    func session() async throws -> String {
        let answer = try await post(LiveGateway.initialize)
        guard let id = answer.headers.first(name: "mcp-session-id") else {
            throw LiveResponse.Missing(wanted: "a session", had: answer.body)
        }
        _ = try await post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, session: id)
        return id
    }
}

/// The ids of a stream's events, in order.
func eventIDs(in stream: String) -> [String] {
    stream.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
}
