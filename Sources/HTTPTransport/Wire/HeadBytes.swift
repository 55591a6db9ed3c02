#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Room in a buffer while a head is put there. Text is checked as it is copied: CR, LF or NUL within a field would let
/// whoever wrote it write the next message too.
struct HeadBytes {
    private let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0
    /// Whether everything so far may be sent.
    private(set) var isValid = true

    init(_ room: UnsafeMutableRawBufferPointer) { self.room = room }

    mutating func write(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ byte: UInt8) {
        guard count < room.count else { return isValid = false }
        room[count] = byte
        count += 1
    }

    /// A number in decimal digits.
    mutating func write(_ number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            write(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Text whose every byte is of a kind.
    @inline(__always)
    mutating func write(_ text: String, _ isOfItsKind: (WireText) -> Bool) {
        let start = count
        // A string that Swift made has its bytes at hand.
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
        if isWritten == nil { for byte in text.utf8 { write(byte) } }
        if !isOfItsKind(WireText(UnsafeRawBufferPointer(rebasing: room[start..<count]))) { isValid = false }
    }

    /// A field and its line's end.
    mutating func field(_ name: String, _ value: String) {
        write(name) { $0.isToken }
        write(": ")
        write(value) { $0.isText }
        write("\r\n")
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= room.count - count, let source = bytes.baseAddress, let target = room.baseAddress else {
            if !bytes.isEmpty { isValid = false }
            return
        }
        memcpy(target + count, source, bytes.count)
        count += bytes.count
    }
}
