import Logging
import MCPWire
import NIOCore

/// One run of a shared server: its process, and those who have a seat at it. Feeds the multiplexer and carries out what
/// that answers.
final class SharedProcess {
    let log: Logger
    private(set) var hasEnded = false
    private unowned let server: SharedServer
    private let messageLimit: Int
    private var multiplexer: Multiplexer
    private var seats: [Multiplexer.Seat: SharedSeat] = [:]
    private var child: (any ServerConnection)?
    private var complaints = ChildComplaints()
    private var pending: [Multiplexer.Action] = []
    private var isPerforming = false

    init(_ multiplexer: Multiplexer, of server: SharedServer, messageLimit: Int, log: Logger) {
        self.multiplexer = multiplexer
        self.server = server
        self.messageLimit = messageLimit
        self.log = log
    }

    /// Takes the process that was started for this, and says to it what it has to hear first.
    func begin(with child: any ServerConnection) {
        self.child = child
        perform(multiplexer.begin())
    }

    /// Whether the server said that it is ready to be called.
    var isReady: Bool { multiplexer.flavour == .modern || multiplexer.handshake.isDone }
    var seatCount: Int { seats.count }
    var seatsEver: Int { multiplexer.seatsEver }

    func seat(for observer: any ChildObserver) -> SharedSeat {
        let seat = SharedSeat(multiplexer.takeSeat(), at: self, observer: observer)
        seats[seat.number] = seat
        return seat
    }

    func clientSent(_ message: ScannedMessage, from seat: SharedSeat) {
        perform(multiplexer.clientSent(message, from: seat.number))
    }

    func leave(_ seat: SharedSeat) {
        guard seats.removeValue(forKey: seat.number) != nil else { return }
        perform(multiplexer.leave(seat.number))
        if seats.isEmpty { server.emptied(self) }
    }

    /// The server is about to be given up, because it does not say that it is ready.
    func failedToStart(_ reason: String) { child?.failedToStart(reason) }

    /// Ends the process, and tells everybody who has a seat.
    func end(_ reason: String) {
        guard !hasEnded else { return }
        hasEnded = true
        child?.stop()
        child = nil
        let left = seats.values.sorted { $0.number < $1.number }
        seats = [:]
        for seat in left { seat.end(reason) }
    }
}

/// Carrying out actions.
extension SharedProcess {
    /// Performs actions in order. What an action brings about on the spot queues up behind the actions before it.
    private func perform(_ actions: [Multiplexer.Action]) {
        pending += actions
        guard !isPerforming else { return }
        isPerforming = true
        var next = 0
        while next < pending.count {
            perform(pending[next])
            next += 1
        }
        pending.removeAll(keepingCapacity: true)
        isPerforming = false
    }

    private func perform(_ action: Multiplexer.Action) {
        switch action {
        case .toServer(let line): child?.send(line)
        case .toSeat(let seat, let message): seats[seat]?.observer?.childSent(message)
        case .giveUp(let reason):
            log.warning("the shared server is given up", metadata: ["reason": "\(reason)"])
            end(reason)
        case .tell(let message): server.changed(message)
        case .hearAgain: server.later { [weak self] in self?.hearAgain() }
        case .log(let message): logBounded(.info, "server: \(Self.excerpt(of: message))")
        case .note(let note): logBounded(.warning, note.rawValue)
        }
    }

    private func hearAgain() {
        if !hasEnded { perform(multiplexer.hear()) }
    }

    private static func excerpt(of message: ByteBuffer) -> String {
        var message = message
        let length = min(message.readableBytes, ChildComplaints.longestLine)
        return message.readSlice(length: length).map { String(buffer: $0) } ?? ""
    }

    /// Logs what the server brings about, which could be a flood.
    private func logBounded(_ level: Logger.Level, _ line: @autoclosure () -> String) {
        let (isWritten, dropped) = complaints.admit(now: .now())
        guard isWritten else { return }
        if dropped > 0 { log.warning("log lines about this server were dropped: \(dropped)") }
        log.log(level: level, "\(line())")
    }
}

extension SharedProcess: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {
        switch line {
        case .whole(let bytes) where bytes.readableBytes == 0: break
        case .whole(let bytes):
            do throws(MessageScanner.Refusal) {
                perform(multiplexer.serverSent(try ScannedMessage(scanning: bytes)))
                if isReady { child?.answered() }
            } catch {
                perform([.note(.unreadable)])
            }
        case .tooLong(let beginning):
            let told = MessageScanner.beginning(beginning.readableBytesUInt8Span)
            perform(multiplexer.serverOverflowed(told, limit: messageLimit))
        }
    }

    func childComplained(_ line: ByteBuffer) { logBounded(.info, "server: \(String(buffer: line))") }

    func childEnded(_ reason: String) {
        log.warning("the shared server stopped", metadata: ["reason": "\(reason)"])
        end(reason)
    }
}
