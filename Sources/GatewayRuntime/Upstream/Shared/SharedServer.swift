import MCPWire
import NIOCore

/// A stdio server that many clients share: its process is started with the first seat, started anew when it ended, and
/// freed some time after the last seat was given up.
final class SharedServer {
    /// Seats at one process.
    static let mostSeats = 10_000
    /// How long the server rests that ended the gateway's own stream of changes.
    private static let rest: TimeAmount = .seconds(5)

    /// The lists whose changes the gateway wants to hear of, from the next start on.
    var wanted: SubscriptionFilter?
    private let flavour: Multiplexer.Flavour
    private unowned let gateway: Gateway
    private var process: SharedProcess?
    private var hasStarted = false

    init(_ flavour: Multiplexer.Flavour, gateway: Gateway) {
        self.flavour = flavour
        self.gateway = gateway
    }

    /// A seat for one client (modern: for one request or stream). What the server says to it reaches `observer`, which
    /// the seat does not keep alive; `stop()` cancels what was asked and not answered. When the process ends, every
    /// observer hears it, and the next seat starts another.
    func seat(for observer: some ChildObserver) throws(SpawnFailure) -> any ServerConnection {
        let process = try runningProcess()
        let seat = process.seat(for: observer)
        if process.seatCount > Self.mostSeats {
            gateway.later(.zero) { [weak observer] in
                seat.stop()
                observer?.childEnded("it already serves \(Self.mostSeats) clients")
            }
        }
        return seat
    }

    /// Ends the process; whoever still has a seat hears it.
    func close() {
        let process = process
        // First, or whoever hears it and asks for a seat would be given one here.
        self.process = nil
        process?.end("this replica is shutting down")
    }

    /// Whether the next seat needs no start of a process.
    var isRunning: Bool { process?.hasEnded == false }

    /// The process told of a change.
    func changed(_ message: ScannedMessage) {
        if let change = ServerChange(message) { gateway.modern.changed(change) }
    }

    /// Calls `action` when the server has rested.
    func later(_ action: @escaping () -> Void) { gateway.later(Self.rest, action) }

    private func endIfUnused() {
        if process?.seatCount == 0 { close() }
    }

    /// The last seat was given up. A server that said nothing yet is not worth keeping.
    func emptied(_ emptied: SharedProcess) {
        guard emptied === process else { return }
        guard emptied.isReady, !gateway.isDraining else { return endIfUnused() }
        let seats = emptied.seatsEver
        gateway.later(idleTime) { [weak self, weak emptied] in
            guard let self, let emptied, emptied === self.process, emptied.seatsEver == seats else { return }
            self.endIfUnused()
        }
    }

    /// A modern client that was asked something comes back without a seat meanwhile, to a server that may know its
    /// request state by a key of its own.
    private var idleTime: TimeAmount {
        flavour == .modern ? gateway.configuration.idleTime : gateway.configuration.children.sharedIdleTime
    }

    private func runningProcess() throws(SpawnFailure) -> SharedProcess {
        if let process, isRunning { return process }
        let started = SharedProcess(
            Multiplexer(flavour, hearing: wanted),
            of: self,
            messageLimit: gateway.configuration.messageLimit,
            log: gateway.log
        )
        let child = try gateway.startServer(for: started, again: hasStarted)
        started.begin(with: child)
        hasStarted = true
        process = started
        watchStart(of: started)
        return started
    }

    private func watchStart(of started: SharedProcess) {
        let patience = gateway.configuration.startTime
        gateway.later(patience) { [weak started] in
            guard let started, !started.isReady else { return }
            let reason = "it did not answer initialize within \(patience.wholeSeconds) seconds"
            started.failedToStart(reason)
            started.end(reason)
        }
    }
}
