import NIOCore

/// An event stream read in the plainest way there is (HTML Living Standard, 9.2.6), all of it at once.
enum EventReading {
    /// Each event's data, up to the last empty line.
    static func events(of bytes: [UInt8]) -> [[UInt8]?] {
        var events: [[UInt8]?] = []
        var data: [UInt8]?
        for line in lines(of: bytes) {
            guard !line.isEmpty else {
                events.append(data)
                data = nil
                continue
            }
            guard let value = dataValue(of: line) else { continue }
            data = data.map { $0 + [0x0A] + value } ?? value
        }
        return events
    }

    /// An event's lines that are not data.
    static func others(in event: ByteBuffer) -> [[UInt8]] {
        lines(of: Array(event.readableBytesView)).filter { !$0.isEmpty && dataValue(of: $0) == nil }
    }

    private static func dataValue(of line: [UInt8]) -> [UInt8]? {
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.first?.elementsEqual("data".utf8) == true else { return nil }
        guard parts.count == 2 else { return [] }
        return Array(parts[1].first == 0x20 ? parts[1].dropFirst() : parts[1])
    }

    /// Lines that have an end. A carriage return that is the last byte may be half of one.
    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x0D where index + 1 == bytes.count: return lines
            case 0x0D, 0x0A:
                if bytes[index] == 0x0D, bytes[index + 1] == 0x0A { index += 1 }
                lines.append(line)
                line = []
            default: line.append(bytes[index])
            }
            index += 1
        }
        return lines
    }
}
