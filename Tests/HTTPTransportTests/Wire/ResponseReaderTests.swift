import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// RFC 9112, 4 and 6.3, as a client sees them.
@Suite struct `A response's bytes` {
    static let taken: [(String, HTTPMethod, String)] = [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", .GET, "200 | content-length=2\nbody hi\nend"),
        ("HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n", .GET, "200 | content-length=0\nend"),
        ("HTTP/1.1 299 \r\ncontent-length: 0\r\n\r\n", .GET, "299 | content-length=0\nend"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n", .HEAD, "200 | content-length=2\nend"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", .HEAD, "200 | transfer-encoding=chunked\nend"),
        ("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n", .GET, "204 | content-length=5\nend"),
        (
            "HTTP/1.1 304 Not Modified\r\ntransfer-encoding: chunked\r\n\r\n", .GET,
            "304 | transfer-encoding=chunked\nend"
        ),
        ("HTTP/1.1 100 Continue\r\nx: y\r\n\r\nHTTP/1.1 103 x\r\n\r\nHTTP/1.1 204 x\r\n\r\n", .POST, "204\nend"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;a\r\nhi\r\n0\r\nx: y\r\n\r\n", .GET,
            "200 | transfer-encoding=Chunked\nbody hi\nend"
        ),
        ("HTTP/1.1 200 OK\r\n\r\nto the end", .GET, "200\nbody to the end\nend"),
        ("HTTP/1.0 200 OK\r\n\r\n", .GET, "200\nend"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhal", .GET, "200 | content-length=5\nbody hal"),
    ]

    @Test(arguments: taken) func `are read as what they are, wherever they are cut`(
        text: String, method: HTTPMethod, messages: String
    ) {
        for pieces in text.halves + [text.whole, text.single] {
            #expect(ReadMessages.responses(pieces, to: method).description == messages)
        }
    }

    static let refused = [
        "HTTP/1.2 200 OK\r\n\r\n", "HTTP/2 200\r\n\r\n", "ICY 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 099 x\r\n\r\n", "HTTP/1.1 200 O\0K\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\n\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n", "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx: a\r\n b\r\n\r\n", "HTTP/1.1 200 OK\r\nx : a\r\n\r\n",
        String(repeating: "HTTP/1.1 102 x\r\n\r\n", count: 40),
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ]

    @Test(arguments: refused) func `are refused where they could mean two things, or were not asked for`(text: String) {
        for pieces in [text.whole, text.single] {
            let read = ReadMessages.responses(pieces, to: .GET)
            #expect(read.isRefused, "\(read)")
        }
    }

    @Test func `that end with the connection do not end where it breaks`() throws {
        var reader = ResponseReader(limits: ReadMessages.limits)
        reader.expect(.GET)
        reader.append(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\nhalf"))
        while try reader.next() != nil {}
        reader.abandon()
        #expect(reader.finish() == nil)
    }
}

extension ResponseReader.Part? {
    fileprivate static func == (part: Self, _: _OptionalNilComparisonType) -> Bool {
        if case .none = part { true } else { false }
    }

    fileprivate static func != (part: Self, other: _OptionalNilComparisonType) -> Bool { !(part == other) }
}
