import HTTPTransport
import NIOCore
import NIOHTTP1

/// A call that reads nothing of its answer's body until it is told to.
struct SlowCall: Sendable {
    let loop: any EventLoop
    let call: NIOLoopBound<HTTPCall>
    let flood: NIOLoopBound<Flood>
    private let reader: NIOLoopBound<SlowReader>
    let events: Happenings<String>

    /// To be made on the loop.
    fileprivate init(_ head: HTTPRequestHead, to target: HTTPTarget, over pool: HTTPConnectionPool, loop: any EventLoop)
    {
        let events = Happenings<String>()
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let flood = Flood(length)
        let reader = SlowReader(flood, events)
        let call = pool.call(head, to: target, receiver: reader)
        if length == 0 { call.endRequest() }
        reader.call = call
        self.loop = loop
        self.call = NIOLoopBound(call, eventLoop: loop)
        self.flood = NIOLoopBound(flood, eventLoop: loop)
        self.reader = NIOLoopBound(reader, eventLoop: loop)
        self.events = events
    }

    func pour(_ total: Int) async throws {
        try await loop.submit { [flood, call] in flood.value.pour(into: call.value) }.get()
    }

    func resume() async throws { try await loop.submit { [call] in call.value.setResponsePaused(false) }.get() }

    /// Whether what was read is a flood of `total` bytes.
    func isWhole(_ total: Int) async throws -> Bool {
        try await loop.submit { [reader] in reader.value.read == Flood.bytes(total) }.get()
    }
}

extension Loopback {
    func slowCall(_ method: HTTPMethod, _ headers: HTTPHeaders = [:], to target: HTTPTarget) async throws -> SlowCall {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: "/", headers: headers)
        return try await loop.submit { [loop, pool] in
            SlowCall(head, to: target, over: pool.value, loop: loop)
        }.get()
    }

    /// The count once it stays the same while much else goes through the loop.
    func quiet(_ count: @escaping @Sendable () -> Int) async throws -> Int {
        var last = -1
        while true {
            for _ in 1...5 { try await settle() }
            let now = try await loop.submit(count).get()
            if now == last, now > 0 { return now }
            last = now
        }
    }
}

private final class SlowReader: HTTPCallReceiver {
    var call: HTTPCall?
    private(set) var read = ByteBuffer()
    private let flood: Flood
    private let events: Happenings<String>

    init(_ flood: Flood, _ events: Happenings<String>) {
        self.flood = flood
        self.events = events
    }

    func responseStarted(_ head: HTTPResponseHead) {
        call?.setResponsePaused(true)
        events.report("head")
    }

    func responseReceived(_ piece: ByteBuffer) { read.writeImmutableBuffer(piece) }
    func responseCaughtUp() {}
    func responseEnded() { events.report("end") }
    func responseFailed(_ failure: HTTPCallFailure) { events.report("\(failure)") }
    func requestWritable() { if let call { flood.pour(into: call) } }
}
