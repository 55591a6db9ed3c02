import MCPWire
import NIOCore

/// The lines of a stdio server, cut into arbitrary pieces: each arrives once, whole or named as too long.
struct LineArea: FuzzArea {
    let name = "lines"
    let share = 100

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        let alphabet: [UInt8] = [0x0A, 0x0A, 0x0D, 0x61, 0x62, 0x20, 0xFF, 0x7B]
        let breaks = random.below(4) + 1
        return (0..<random.below(random.once(in: 200) ? 9_000 : 120)).map { _ in
            let byte = random.pick(alphabet)
            return byte == 0x0A && !random.once(in: breaks * breaks) ? 0x63 : byte
        }
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let limit = random.once(in: 20) ? 4_500 : random.below(30)
        var splitter = LineSplitter(limit: limit)
        var lines: [LineSplitter.Line] = []
        for piece in random.pieces(input, most: 12) {
            splitter.append(ByteBuffer(bytes: piece))
            while let line = splitter.next() { lines.append(line) }
        }
        if let rest = splitter.finish() { lines.append(rest) }
        var expected = input.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        let last = expected.removeLast()
        let wanted = expected.map { ($0, true) } + (last.isEmpty ? [] : [(last, false)])
        guard lines.count == wanted.count else {
            return "\(lines.count) lines instead of \(wanted.count), limit \(limit)"
        }
        for (line, (bytes, hasEnd)) in zip(lines, wanted) where !Self.stands(line, for: bytes, hasEnd, limit) {
            return "a line is '\(String(decoding: bytes, as: UTF8.self))', and \(line) was told; limit \(limit)"
        }
        return nil
    }

    private static func stands(_ line: LineSplitter.Line, for bytes: [UInt8], _ hasEnd: Bool, _ limit: Int) -> Bool {
        switch line {
        case .whole(let told):
            let text = hasEnd && bytes.last == 0x0D ? Array(bytes.dropLast()) : bytes
            return bytes.count <= limit && told.readableBytesView.elementsEqual(text)
        case .tooLong(let beginning):
            let kept = beginning.readableBytes
            return bytes.count > limit && bytes.starts(with: beginning.readableBytesView)
                && kept >= min(limit + 1, LineSplitter.keptOfLongLine) && kept <= LineSplitter.keptOfLongLine
        }
    }
}
