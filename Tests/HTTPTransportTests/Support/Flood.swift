import HTTPTransport
import NIOCore

/// A source of many bytes that stops while nobody takes them.
final class Flood {
    private static let pattern = ByteBuffer(bytes: (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) })

    private(set) var poured = 0
    private let total: Int

    init(_ total: Int) { self.total = total }

    /// What a flood of `total` bytes holds.
    static func bytes(_ total: Int) -> ByteBuffer {
        var all = ByteBuffer()
        all.reserveCapacity(total)
        while all.readableBytes < total { all.writeImmutableBuffer(piece(at: all.readableBytes, of: total)) }
        return all
    }

    func pour(into exchange: HTTPExchange) {
        guard poured < total else { return }
        while poured < total, exchange.isWritable {
            exchange.write(next())
            exchange.flush()
        }
        if poured == total { exchange.finish() }
    }

    func pour(into call: HTTPCall) {
        guard poured < total else { return }
        while poured < total, call.isWritable { call.send(next()) }
        if poured == total { call.endRequest() }
    }

    private func next() -> ByteBuffer {
        let piece = Self.piece(at: poured, of: total)
        poured += piece.readableBytes
        return piece
    }

    private static func piece(at offset: Int, of total: Int) -> ByteBuffer {
        pattern.getSlice(at: 0, length: min(pattern.readableBytes, total - offset)) ?? ByteBuffer()
    }
}
