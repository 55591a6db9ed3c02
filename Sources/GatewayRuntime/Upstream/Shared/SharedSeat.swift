import MCPWire
import NIOCore

/// One client's place at a server that it shares with others.
final class SharedSeat: ServerConnection {
    let number: Multiplexer.Seat
    private(set) weak var observer: (any ChildObserver)?
    /// `nil` once the seat was given up, or the process ended.
    private var process: SharedProcess?

    init(_ number: Multiplexer.Seat, at process: SharedProcess, observer: any ChildObserver) {
        self.number = number
        self.process = process
        self.observer = observer
    }

    func send(_ line: ByteBuffer) {
        do throws(MessageScanner.Refusal) {
            send(try ScannedMessage(scanning: line))
        } catch {
            // Nobody sends what is no message: it was scanned on its way here, or the gateway composed it.
        }
    }

    func send(_ message: ScannedMessage) { process?.clientSent(message, from: self) }

    func stop() {
        observer = nil
        process?.leave(self)
        process = nil
    }

    /// The process is gone: this is the last that the observer hears.
    func end(_ reason: String) {
        let observer = observer
        self.observer = nil
        process = nil
        observer?.childEnded(reason)
    }
}
