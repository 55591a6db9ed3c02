/// One line of the request log while it is being written. Only text without quotes, backslashes and control characters
/// is given to it: names that were looked at before, numbers, and the gateway's own words.
struct RequestLine {
    private(set) var bytes: [UInt8] = []
    private let format: LogFormat

    init(_ format: LogFormat) { self.format = format }

    /// Empties the buffer and keeps its room.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func begin(_ time: (prefix: String, milliseconds: Int)) {
        switch format {
        case .json:
            write(#"{"time":""#)
            write(time.prefix)
            write(thousandths: time.milliseconds)
            write(#"Z","level":"info","message":"request""#)
        case .text:
            bytes.append(contentsOf: time.prefix.utf8.dropFirst(11))
            write(thousandths: time.milliseconds)
            write(" info request")
        }
    }

    mutating func end() { write(format == .json ? "}\n" : "\n") }

    mutating func field(_ name: StaticString, _ text: String) {
        key(name)
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        bytes.append(contentsOf: text.utf8)
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
    }

    mutating func field(_ name: StaticString, _ number: Int) {
        key(name)
        write(number)
    }

    mutating func flag(_ name: StaticString) {
        key(name)
        write("true")
    }

    /// A number with three digits after the point.
    mutating func field(_ name: StaticString, thousandths: Int) {
        key(name)
        write(thousandths / 1000)
        bytes.append(UInt8(ascii: "."))
        write(thousandths: thousandths % 1000)
    }

    private mutating func key(_ name: StaticString) {
        write(format == .json ? ",\"" : "  ")
        write(name)
        write(format == .json ? "\":" : "=")
    }

    private mutating func write(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(thousandths value: Int) {
        for divisor in [100, 10, 1] { bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10)) }
    }

    private mutating func write(_ number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
