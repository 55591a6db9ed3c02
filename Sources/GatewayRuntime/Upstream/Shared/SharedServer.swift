import MCPWire
import NIOCore

/// A stdio server that many clients share: its process is started with the first seat, started anew when it ended, and
/// freed some time after the last seat was given up.
final class SharedServer {
    /// Seats at one process.
    static let mostSeats = 10_000

    private let flavour: Multiplexer.Flavour
    private unowned let gateway: Gateway
    private var process: SharedProcess?

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

    /// Ends the process, if nobody has a seat at it.
    func endIfUnused() {
        guard let process, process.seatCount == 0 else { return }
        end(process, "nobody uses it")
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
        if let process, !process.hasEnded { return process }
        let started = SharedProcess(
            flavour,
            of: self,
            messageLimit: gateway.configuration.messageLimit,
            log: gateway.log
        )
        started.begin(with: try gateway.startServer(for: started))
        process = started
        watchStart(of: started)
        return started
    }

    private func watchStart(of started: SharedProcess) {
        let patience = gateway.configuration.startTime
        gateway.later(patience) { [weak self, weak started] in
            guard let self, let started, !started.isReady else { return }
            let reason = "it did not answer initialize within \(patience.wholeSeconds) seconds"
            started.failedToStart(reason)
            self.end(started, reason)
        }
    }

    private func end(_ ended: SharedProcess, _ reason: String) {
        if ended === process { process = nil }
        ended.end(reason)
    }
}
