import MCPWire
import NIOCore

@testable import GatewayRuntime

/// A multiplexer, and what it does in words: `→ text` goes to the server, `2 ← text` to seat 2.
struct SharedTable {
    var multiplexer: Multiplexer

    /// A table whose server is ready, with `seats` clients that were initialized where they have to be.
    init(
        _ flavour: Multiplexer.Flavour,
        seats: Int,
        result: String = Self.result,
        hearing: SubscriptionFilter? = nil
    ) throws {
        multiplexer = Multiplexer(flavour, hearing: hearing)
        _ = multiplexer.begin()
        if flavour == .legacy { _ = try server(#"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#) }
        for _ in 0..<seats { _ = multiplexer.takeSeat() }
    }

    static let result = #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}"#

    mutating func client(_ seat: Int, _ text: String) throws -> [String] {
        words(multiplexer.clientSent(try ScannedMessage(scanning: ByteBuffer(string: text)), from: seat))
    }

    mutating func server(_ text: String) throws -> [String] {
        words(multiplexer.serverSent(try ScannedMessage(scanning: ByteBuffer(string: text))))
    }

    mutating func overflow(_ beginning: MessageScanner.Beginning) -> [String] {
        words(multiplexer.serverOverflowed(beginning, limit: 1_000))
    }

    mutating func leave(_ seat: Int) -> [String] { words(multiplexer.leave(seat)) }

    mutating func hear() -> [String] { words(multiplexer.hear()) }

    private func words(_ actions: [Multiplexer.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .toServer(let line): "→ " + String(String(buffer: line).dropLast())
            case .toSeat(let seat, let message): "\(seat) ← " + String(buffer: message.bytes)
            case .giveUp(let reason): "give up: \(reason)"
            case .tell(let message): "tell: " + String(buffer: message.bytes)
            case .hearAgain: "hear again"
            case .log(let message): "log: " + String(buffer: message)
            case .note(let note): "note: \(note)"
            }
        }
    }
}
