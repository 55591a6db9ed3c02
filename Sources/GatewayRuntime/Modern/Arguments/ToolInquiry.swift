import MCPWire
import NIOCore

/// Asks a stdio server for its tools: at a seat of the shared modern process, or with a warm process of an older server.
final class ToolInquiry {
    enum Outcome {
        case listed([String: MirroredArguments])
        /// `reason` completes "the server …".
        case failed(String)
    }

    private enum Place {
        case none
        case seat(any ServerConnection)
        case process(WarmChild)
    }

    private let pool: WarmPool
    private var listing: ToolListing
    private var place = Place.none
    private var onEnd: ((Outcome) -> Void)?

    /// - Parameter onEnd: hears the outcome, once; not where the inquiry is given up.
    init(isModern: Bool, pool: WarmPool, onEnd: @escaping (Outcome) -> Void) {
        listing = ToolListing(isModern: isModern)
        self.pool = pool
        self.onEnd = onEnd
    }

    var isOver: Bool { onEnd == nil }

    /// Whether it may take as long as it likes: it keeps no process from other work.
    var isCheap: Bool {
        if case .seat = place { true } else { false }
    }

    func begin(at seat: any ServerConnection) {
        place = .seat(seat)
        seat.send(listing.opening)
    }

    func giveUp() {
        onEnd = nil
        leave(isAtWork: true)
    }

    /// - Parameter isAtWork: an answer is still to come.
    private func leave(isAtWork: Bool) {
        let left = place
        place = .none
        switch left {
        case .none: pool.forget(self)
        case .seat(let seat): seat.stop()
        case .process(let child): isAtWork ? pool.discard(child) : pool.takeBack(child)
        }
    }

    private func end(_ outcome: Outcome) {
        let onEnd = onEnd
        self.onEnd = nil
        onEnd?(outcome)
    }

    private func answered(_ message: ScannedMessage) {
        guard message.envelope.id == ToolListing.id else { return }
        let outcome: Outcome
        switch listing.received(message) {
        case .ask(let line):
            switch place {
            case .none: return
            case .seat(let seat): return seat.send(line)
            case .process(let child): return child.send(line)
            }
        case .listed(let mirrored): outcome = .listed(mirrored)
        case .failed(let reason): outcome = .failed(reason)
        }
        leave(isAtWork: false)
        end(outcome)
    }
}

extension ToolInquiry: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {}

    func childSent(_ message: ScannedMessage) {
        if message.envelope.kind == .response { answered(message) }
    }

    func childComplained(_ line: ByteBuffer) {}

    func childEnded(_ reason: String) {
        place = .none
        end(.failed("stopped: \(reason)"))
    }
}

extension ToolInquiry: WarmChildUser {
    func served(by child: WarmChild) {
        place = .process(child)
        child.send(listing.opening)
    }

    func notServed(_ refusal: Refusal) { end(.failed("has no process to spare")) }

    func serverSent(_ message: ScannedMessage) {
        switch message.envelope.kind {
        case .response: answered(message)
        case .notification: pool.heard(message)
        case .request:
            guard let id = message.envelope.id, case .process(let child) = place else { return }
            let error = JSONRPCError(code: JSONRPCError.methodNotFound, message: "No client can be asked here.")
            var line = error.response(to: id)
            line.writeStaticString("\n")
            child.send(line)
        }
    }

    func serverEnded(_ reason: String) { childEnded(reason) }
}
