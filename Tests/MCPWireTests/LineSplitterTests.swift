import NIOCore
import Testing

@testable import MCPWire

@Suite struct LineSplitterTests {
    private func lines(_ chunks: [String], limit: Int = 100) -> [LineSplitter.Line] {
        var splitter = LineSplitter(limit: limit)
        var lines: [LineSplitter.Line] = []
        for chunk in chunks {
            splitter.append(ByteBuffer(string: chunk))
            while let line = splitter.next() { lines.append(line) }
        }
        return lines
    }

    private func whole(_ texts: String...) -> [LineSplitter.Line] { texts.map { .whole(ByteBuffer(string: $0)) } }

    @Test func `a stream cut anywhere gives the same lines`() {
        let text = Array("one\ntwo é😀\r\n\nthree\n".utf8)
        for first in 0...text.count {
            for second in first...text.count {
                var splitter = LineSplitter(limit: 100)
                var found: [LineSplitter.Line] = []
                for part in [text[..<first], text[first..<second], text[second...]] {
                    splitter.append(ByteBuffer(bytes: part))
                    while let line = splitter.next() { found.append(line) }
                }
                #expect(found == whole("one", "two é😀", "", "three"))
            }
        }
    }

    @Test func `a line without its end waits`() {
        #expect(lines(["half"]).isEmpty)
        #expect(lines(["half", " and half\n"]) == whole("half and half"))
    }

    @Test func `a line over the limit is told once, and the next line is whole`() {
        let long = String(repeating: "x", count: 250)
        let chunks = [String(long.prefix(120)), String(long.dropFirst(120)), "\nnext\n"]
        #expect(
            lines(chunks) == [.tooLong(beginning: ByteBuffer(string: String(long.prefix(120))))] + whole("next")
        )
        #expect(
            lines([long + "\nnext\n"]) == [.tooLong(beginning: ByteBuffer(string: long))] + whole("next")
        )
    }

    @Test func `an endless line costs bounded memory`() {
        var splitter = LineSplitter(limit: 10_000)
        var told = 0
        for _ in 0..<1_000 {
            splitter.append(ByteBuffer(repeating: 0x61, count: 10_000))
            while let line = splitter.next() {
                told += 1
                guard case .tooLong(let beginning) = line else { continue }
                #expect(beginning.readableBytes == LineSplitter.keptOfLongLine)
            }
        }
        #expect(told == 1)
    }
}
