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

    @inline(__always)
    mutating func write(_ text: String, where isAllowed: (UInt8) -> Bool) {
        var text = text
        let start = count
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        // Without a way out of the loop, so that many bytes are looked at in one step.
        var isAllowedWhole = true
        for index in start..<count { isAllowedWhole = isAllowed(room[index]) && isAllowedWhole }
        if !isAllowedWhole { isValid = false }
    }

    /// A field and its line's end.
    mutating func field(_ name: String, _ value: String) {
        if name.isEmpty { isValid = false }
        write(name) { WireByte.isToken($0) }
        write(": ")
        write(value) { WireByte.isText($0) }
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
