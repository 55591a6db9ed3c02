import Testing

@testable import GatewayRuntime

@Suite struct `A line of the request log` {
    private func line(_ format: LogFormat, room: Int = RequestLine.longest) -> String? {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
        defer { room.deallocate() }
        var line = RequestLine(format, in: room)
        var clock = TimestampClock { (1_700_000_000, 7_000_000) }
        line.begin(clock.read())
        line.field("method", "tools/call")
        line.field("status", 200)
        line.flag("forwarded")
        line.field("duration_ms", thousandths: 12_045)
        line.end()
        return line.isWhole ? String(decoding: room[..<line.count], as: UTF8.self) : nil
    }

    @Test func `is JSON for machines`() {
        #expect(
            line(.json) == #"{"time":"2023-11-14T22:13:20.007Z","level":"info","message":"request","#
                + #""method":"tools/call","status":200,"forwarded":true,"duration_ms":12.045}"# + "\n"
        )
    }

    @Test func `is words for people`() {
        #expect(
            line(.text) == "22:13:20.007 info request  method=tools/call  status=200  forwarded=true"
                + "  duration_ms=12.045\n"
        )
    }

    @Test func `is none where it finds no room, and touches nothing beyond its room`() {
        let length = line(.json)?.utf8.count ?? 0
        #expect(line(.json, room: length) != nil)
        for room in 0..<length { #expect(line(.json, room: room) == nil) }
    }

    @Test func `has the time of its own second`() {
        var time: (seconds: UInt64, nanoseconds: Int) = (0, 0)
        let times: [(UInt64, Int)] = [(0, 0), (59, 999_999_999), (60, 0), (86_400, 1_000_000)]
        var read: [String] = []
        var clock = TimestampClock { time }
        for next in times {
            time = next
            read.append("\(clock.read())")
        }
        #expect(read.map { $0.contains("1970-01-01T00:00:59.") } == [false, true, false, false])
        #expect(read.last?.contains("1970-01-02T00:00:00.") == true)
    }
}
