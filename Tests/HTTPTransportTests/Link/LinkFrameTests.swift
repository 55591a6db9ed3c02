import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPTransport

@Suite struct `Frames of a link` {
    private func readRequest(_ bytes: inout ByteBuffer, mostFields: Int = 4) throws -> HTTPRequestHead {
        try bytes.readLinkRequest(mostFields: mostFields)
    }

    private func readResponse(_ bytes: inout ByteBuffer) throws -> HTTPResponseHead {
        try bytes.readLinkResponse(mostFields: 4)
    }

    private func described(_ bytes: ByteBuffer, step: Int, limit: Int = 1_000) throws -> [String] {
        var (reader, read, bytes) = (LinkReader(limit: limit), [String](), bytes)
        while let piece = bytes.readSlice(length: min(step, bytes.readableBytes)), piece.readableBytes > 0 {
            reader.append(piece)
            while let frame = try reader.next() {
                read.append("\(frame.kind) \(frame.exchange) \(String(buffer: frame.payload))")
            }
        }
        return read
    }

    @Test(arguments: [1, 2, 5, 9, 10, 100]) func `are read whole wherever they are cut`(step: Int) throws {
        var bytes = ByteBuffer()
        bytes.writeFrame(.answer, 1) { $0.writeString("head") }
        bytes.writeFrame(.data, .max) { $0.writeString(String(repeating: "x", count: 200)) }
        bytes.writeFrame(.end, 1)
        bytes.writeFrame(.request, 2) { $0.writeString("half of it") }
        bytes.moveWriterIndex(to: bytes.writerIndex - 1)
        let data = "data \(UInt32.max) \(String(repeating: "x", count: 200))"
        #expect(try described(bytes, step: step) == ["answer 1 head", data, "end 1 "])
    }

    @Test func `are refused where they are of no kind, or too large`() {
        var unknown = ByteBuffer()
        unknown.writeMultipleIntegers(UInt32(0), UInt8(99), UInt32(1))
        #expect(throws: LinkFault.malformed) { try described(unknown, step: 100) }
        var large = ByteBuffer()
        large.writeFrame(.data, 1) { $0.writeString("12345") }
        #expect(throws: LinkFault.tooLarge) { try described(large, step: 100, limit: 4) }
    }

    @Test func `carry a request's head as it is, and its body after it`() throws {
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: "/mcp?a=b", headers: ["a": "", "b": "x: y\u{E9}"])
        var bytes = ByteBuffer()
        bytes.writeLinkHead(head)
        #expect(bytes.readableBytes == head.linkSize)
        bytes.writeString("body")
        #expect(try readRequest(&bytes) == head)
        #expect(String(buffer: bytes) == "body")
    }

    @Test func `carry a response's head without what speaks of its connection`() throws {
        var response = ResponseHead(.created, ["a": "b", "x-request-id": "old", "connection": "close"], length: 3)
        response.own = ("x-request-id", "new")
        response.closes = true
        var bytes = ByteBuffer()
        bytes.writeLinkHead(response)
        let read = try readResponse(&bytes)
        #expect(read.status == .created && bytes.readableBytes == 0)
        #expect(read.headers == ["a": "b", "x-request-id": "new", "content-length": "3"])
    }

    @Test func `hold heads that are cut, too long or of no status for nothing`() throws {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: ["a": "b", "c": "d"])
        var whole = ByteBuffer()
        whole.writeLinkHead(head)
        for length in 0..<whole.readableBytes {
            var part = try #require(whole.getSlice(at: 0, length: length))
            #expect(throws: LinkFault.malformed) { try readRequest(&part) }
        }
        var copy = whole
        #expect(throws: LinkFault.malformed) { try readRequest(&copy, mostFields: 1) }
        var informational = ByteBuffer()
        informational.writeMultipleIntegers(UInt16(101), UInt16(0))
        #expect(throws: LinkFault.malformed) { try readResponse(&informational) }
    }
}
