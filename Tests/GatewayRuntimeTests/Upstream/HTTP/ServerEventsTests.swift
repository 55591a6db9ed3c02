import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The events of a stream` {
    private func events(_ pieces: [String]) -> [(bytes: String, data: String?)] {
        var events = ServerEvents()
        var found: [(String, String?)] = []
        for piece in pieces {
            events.append(ByteBuffer(string: piece))
            while let event = events.next() {
                found.append((String(buffer: event.bytes), event.data.map { String(buffer: $0) }))
            }
        }
        return found
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `are found whole, however lines end and pieces fall`(_ end: String) {
        let text = ["id: 1", "data: {}", "", ": comment", "", "event: message", "data:a", "data: b", "", "x"]
            .joined(separator: end)
        for pieces in [[text], text.unicodeScalars.map(String.init)] {
            let found = events(pieces)
            #expect(found.map(\.data) == ["{}", nil, "a\nb"])
            #expect(found.map(\.bytes).joined() + "x" == text)
        }
    }

    @Test func `keep everything but their data when that is replaced`() throws {
        var events = ServerEvents()
        events.append(ByteBuffer(string: "id: 7\nevent: message\ndata: {\"a\":1}\nretry: 5\n\n"))
        let next = events.next()
        let event = try #require(next)
        let replaced = ServerEvents.replacing(dataOf: event, with: ByteBuffer(string: "{\n}"))
        #expect(String(buffer: replaced) == "id: 7\nevent: message\nretry: 5\ndata: { }\n\n")
    }

    @Test(arguments: [
        ("", true), ("data: x", false), ("data: x\n", false), ("data: x\n\n", true), ("data: x\r\n", false),
        ("data: x\r\n\r\n", true), ("data: x\r\r", true), ("\n", true), (": a\n\n: b", false),
    ])
    func `have boundaries where a comment may stand`(_ text: String, _ isReached: Bool) {
        for pieces in [[text], text.unicodeScalars.map(String.init)] {
            var boundary = EventBoundary()
            for piece in pieces { boundary.follow(ByteBuffer(string: piece)) }
            #expect(boundary.isReached == isReached)
        }
    }
}
