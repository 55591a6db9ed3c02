import NIOCore
import NIOHTTP1

/// This side of a link to a peer: many calls at a time on one connection, and what they say in one turn of the event
/// loop is one write.
final class LinkClient {
    private enum State { case opening, open, retired, closed }

    private let eventLoop: any EventLoop
    private var state = State.opening
    /// Called once when the link takes no calls any more.
    private var onClosed: ((_ wasRefused: Bool) -> Void)?
    private var carrier: HTTPCall?
    private var calls: [UInt32: LinkedCall] = [:]
    private var lastNumber: UInt32 = 0
    private var reader = LinkReader(limit: LinkFrame.largestAnswer)
    private lazy var writer = LinkWriter(eventLoop: eventLoop) { [weak self] in self?.carrier?.send($0) }
    /// Calls that were told something since they last heard that there is no more at the moment.
    private var told: [UInt32] = []
    private(set) var idleSince = NIODeadline.now()

    init(eventLoop: any EventLoop, onClosed: @escaping (_ wasRefused: Bool) -> Void) {
        self.eventLoop = eventLoop
        self.onClosed = onClosed
    }

    /// Whether it carries calls.
    var takesCalls: Bool { state == .open }
    var isIdle: Bool { calls.isEmpty }
    var isWritable: Bool { carrier?.isWritable ?? false }

    /// Opens the link by a request that asks for it.
    func open(_ head: HTTPRequestHead, to target: HTTPTarget, over pool: HTTPConnectionPool) {
        carrier = pool.call(head, to: target, receiver: self)
    }

    /// Carries a call whose request is complete.
    func carry(_ call: HTTPCall) {
        repeat { lastNumber &+= 1 } while calls[lastNumber] != nil
        let linked = LinkedCall(lastNumber, call, on: self)
        calls[lastNumber] = linked
        call.assigned(linked)
    }

    /// Takes no further calls, and ends with the last of those under way.
    func retire() {
        guard state == .open || state == .opening else { return }
        state = .retired
        if isIdle { close() }
    }

    /// Ends the link; calls under way are broken.
    func close() {
        guard state != .closed else { return }
        let wasRefused = state == .opening
        state = .closed
        carrier?.cancel()
        carrier = nil
        let broken = calls.values
        calls = [:]
        onClosed?(wasRefused)
        onClosed = nil
        for linked in broken { linked.call?.failed(.broken) }
    }

    fileprivate func send(_ kind: LinkFrame.Kind, _ number: UInt32, _ write: (inout ByteBuffer) -> Void = { _ in }) {
        if state != .closed { writer.send(kind, number, write) }
    }

    fileprivate func forget(_ number: UInt32) {
        calls[number] = nil
        guard isIdle else { return }
        idleSince = .now()
        if state == .retired { close() }
    }
}

extension LinkClient: HTTPCallReceiver {
    func responseStarted(_ head: HTTPResponseHead) {
        guard head.status == .ok else { return close() }
        if state == .opening { state = .open }
    }

    func responseReceived(_ piece: ByteBuffer) {
        reader.append(piece)
        do {
            while state != .closed, let frame = try reader.next() { try receive(frame) }
        } catch {
            close()
        }
    }

    private func receive(_ frame: LinkFrame) throws {
        // Of a call that was given up the rest of the answer may still come.
        guard let call = calls[frame.exchange]?.call else { return }
        switch frame.kind {
        case .answer:
            var payload = frame.payload
            call.received(try payload.readLinkResponse(mostFields: LinkFrame.mostFields))
            told.append(frame.exchange)
        case .data:
            call.received(frame.payload)
            told.append(frame.exchange)
        case .end:
            forget(frame.exchange)
            call.ended()
        case .cut:
            forget(frame.exchange)
            call.failed(.broken)
        case .request, .cancel, .pause, .resume: throw LinkFault.malformed
        }
    }

    func responseCaughtUp() {
        for number in told { calls[number]?.call?.readCompleted() }
        told.removeAll(keepingCapacity: true)
    }

    func responseEnded() { close() }
    func responseFailed(_ failure: HTTPCallFailure) { close() }
    func requestWritable() { for linked in Array(calls.values) { linked.call?.becameWritable() } }
}

/// A call on its link.
private final class LinkedCall: CallCarrier {
    private(set) var call: HTTPCall?
    private let number: UInt32
    private let link: LinkClient
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var isPaused = false

    init(_ number: UInt32, _ call: HTTPCall, on link: LinkClient) {
        self.number = number
        self.call = call
        self.link = link
    }

    var isWritable: Bool { link.isWritable }
    var certificateEnd: Int? { nil }

    func begin(_ head: HTTPRequestHead) { self.head = head }

    func write(_ piece: ByteBuffer) {
        if body.readableBytes == 0 { body = piece } else { body.writeImmutableBuffer(piece) }
    }

    func end() {
        guard let head else { return }
        link.send(.request, number) { frame in
            frame.writeLinkHead(head)
            frame.writeImmutableBuffer(body)
        }
        self.head = nil
        body = ByteBuffer()
    }

    func flush() {}

    func setReading(_ isReading: Bool) {
        guard isReading == isPaused else { return }
        isPaused = !isReading
        link.send(isPaused ? .pause : .resume, number)
    }

    func close() {
        call = nil
        link.send(.cancel, number)
        link.forget(number)
    }
}
