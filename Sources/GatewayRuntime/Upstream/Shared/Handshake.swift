import MCPWire
import NIOCore

/// The one `initialize` that a shared legacy server gets, and who waits for its result.
struct Handshake {
    /// A client's `initialize`.
    struct Asking {
        let seat: Multiplexer.Seat
        let id: WrittenID
        let version: String?
    }

    /// Bytes of clients' messages that may wait for the server's answer.
    static let mostHeld = 1024 * 1024

    /// The result that every client gets; `nil` until the server gave it.
    private(set) var result: InitializeResult?
    private var asking: [Asking] = []
    private var held: [(seat: Multiplexer.Seat, message: ScannedMessage)] = []
    private var heldBytes = 0

    var isDone: Bool { result != nil }

    mutating func wait(_ client: Asking) { asking.append(client) }

    /// Keeps a message that a client sent before the handshake was done; `false` where there are too many.
    mutating func hold(_ message: ScannedMessage, from seat: Multiplexer.Seat) -> Bool {
        guard heldBytes + message.bytes.readableBytes <= Self.mostHeld else { return false }
        heldBytes += message.bytes.readableBytes
        held.append((seat, message))
        return true
    }

    mutating func forget(_ seat: Multiplexer.Seat) {
        guard !asking.isEmpty || !held.isEmpty else { return }
        asking.removeAll { $0.seat == seat }
        held.removeAll { $0.seat == seat }
        heldBytes = held.reduce(0) { $0 + $1.message.bytes.readableBytes }
    }

    /// The handshake is over: who waited, and what they said meanwhile.
    mutating func finish(
        _ result: InitializeResult?
    ) -> (asking: [Asking], held: [(seat: Multiplexer.Seat, message: ScannedMessage)]) {
        defer { (self.asking, self.held, heldBytes) = ([], [], 0) }
        self.result = result
        return (asking, held)
    }
}
