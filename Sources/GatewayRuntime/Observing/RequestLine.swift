#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One line of the request log while it is being written into room that was made for it. Only text without quotes,
/// backslashes and control characters is given to it: names that were looked at before, numbers, and the gateway's own
/// words.
struct RequestLine {
    /// Bytes of the longest line, the replica's name apart: every name in it is bounded.
    static let longest = 1024

    private let room: UnsafeMutableRawBufferPointer
    private let format: LogFormat
    private(set) var count = 0
    /// Whether all of it found room.
    private(set) var isWhole = true

    init(_ format: LogFormat, in room: UnsafeMutableRawBufferPointer) {
        self.format = format
        self.room = room
    }

    mutating func begin(_ time: (prefix: String, milliseconds: Int)) {
        switch format {
        case .json:
            put(#"{"time":""#)
            write(time.prefix)
            write(thousandths: time.milliseconds)
            put(#"Z","level":"info","message":"request""#)
        case .text:
            write(String(time.prefix.dropFirst(11)))
            write(thousandths: time.milliseconds)
            put(" info request")
        }
    }

    mutating func end() { put(format == .json ? "}\n" : "\n") }

    mutating func field(_ name: StaticString, _ text: String) {
        key(name)
        if format == .json { write(UInt8(ascii: "\"")) }
        write(text)
        if format == .json { write(UInt8(ascii: "\"")) }
    }

    mutating func field(_ name: StaticString, _ number: Int) {
        key(name)
        write(number)
    }

    mutating func flag(_ name: StaticString) {
        key(name)
        put("true")
    }

    /// A number with three digits after the point.
    mutating func field(_ name: StaticString, thousandths: Int) {
        key(name)
        write(thousandths / 1000)
        write(UInt8(ascii: "."))
        write(thousandths: thousandths % 1000)
    }

    @inline(__always)
    private mutating func key(_ name: StaticString) {
        put(format == .json ? ",\"" : "  ")
        put(name)
        put(format == .json ? "\":" : "=")
    }

    @inline(__always)
    private mutating func put(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func write(_ text: String) {
        // A string that Swift made has its bytes at hand.
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
        if isWritten == nil { for byte in text.utf8 { write(byte) } }
    }

    private mutating func write(_ byte: UInt8) {
        guard count < room.count else { return isWhole = false }
        room[count] = byte
        count += 1
    }

    private mutating func write(thousandths value: Int) {
        write(UInt8(ascii: "0") + UInt8(value / 100 % 10))
        write(UInt8(ascii: "0") + UInt8(value / 10 % 10))
        write(UInt8(ascii: "0") + UInt8(value % 10))
    }

    private mutating func write(_ number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            write(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    @inline(__always)
    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= room.count - count else { return isWhole = false }
        guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
        memcpy(target + count, source, bytes.count)
        count += bytes.count
    }
}
