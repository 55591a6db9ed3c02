import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// RFC 9112, line by line.
@Suite struct `A request's bytes` {
    private static let chunkedHead = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"

    /// What is read, and as what.
    static let taken: [(String, String)] = [
        ("GET / HTTP/1.1\r\nhost: a\r\n\r\n", "GET / | host=a\nend"),
        ("GET /a?b=%20#c HTTP/1.0\r\n\r\n", "GET /a?b=%20#c\nend"),
        ("OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n", "OPTIONS * | host=a\nend"),
        ("GET http://a/b HTTP/1.1\r\nhost: a\r\n\r\n", "GET http://a/b | host=a\nend"),
        ("\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n", "GET / | host=a\nend"),
        ("GET / HTTP/1.1\r\nHost:a\r\nX-Empty:\r\nx: \t b c \t\r\n\r\n", "GET / | host=a | x-empty= | x=b c\nend"),
        ("GET / HTTP/1.1\r\nx: \u{E9}\r\nupgrade: h2c\r\n\r\n", "GET / | x=\u{E9} | upgrade=h2c\nend"),
        ("POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n", "POST / | content-length=0\nend"),
        ("POST / HTTP/1.1\r\ncontent-length: 005\r\n\r\nhello", "POST / | content-length=005\nbody hello\nend"),
        ("GET / HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi", "GET / | content-length=2\nbody hi\nend"),
        (
            "POST /1 HTTP/1.1\r\ncontent-length: 1\r\n\r\naGET /2 HTTP/1.1\r\n\r\n",
            "POST /1 | content-length=1\nbody a\nend\nGET /2\nend"
        ),
        ("\(chunkedHead)5\r\nhello\r\n0\r\n\r\n", "POST / | host=a | transfer-encoding=chunked\nbody hello\nend"),
        (
            "\(chunkedHead)005;a=\"b\"\r\nhello\r\nA;c\r\n0123456789\r\n000;x\r\nx-sum: 1\r\ny:\r\n\r\n",
            "POST / | host=a | transfer-encoding=chunked\nbody hello0123456789\nend"
        ),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "POST / | transfer-encoding=CHUNKED\nend\nGET /\nend"
        ),
        ("POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhel", "POST / | content-length=5\nbody hel"),
        ("GET / HTTP/1.1\r\nhost: a\r\n", ""),
    ]

    @Test(arguments: taken) func `are read as what they are`(text: String, messages: String) {
        #expect(ReadMessages.requests(text.whole).description == messages)
    }

    @Test(arguments: taken) func `mean the same wherever they are cut`(text: String, messages: String) {
        #expect(ReadMessages.requests(text.single).description == messages)
        for halves in text.halves { #expect(ReadMessages.requests(halves).description == messages) }
    }

    /// What is refused: what breaks a rule, and what two recipients could read in two ways.
    static let refused = [
        // The request line (3).
        "GET  / HTTP/1.1\r\n\r\n", " GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n", "GET /\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n", "GET\t/ HTTP/1.1\r\n\r\n", "GET / HTTP/1.2\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
        "GET / http/1.1\r\n\r\n", "G(T / HTTP/1.1\r\n\r\n", "GET a/b:c? HTTP/1.1x\r\n\r\n",
        "GET /\u{E9} HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n", "GET *a HTTP/1.1\r\n\r\n",
        "GET ?a HTTP/1.1\r\n\r\n", "GET a HTTP/1.1\r\n\r\n", "GET a:/b HTTP/1.1\r\n\r\n",
        "BREW /pot HTTP/1.1\r\nhost: a\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}", "\0",
        // Ends of lines (2.2), and bare CR, LF and NUL (9110, 5.5).
        "GET / HTTP/1.1\n\n", "GET / HTTP/1.1\r\nhost: a\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\n\n",
        "GET / HTTP/1.1\r\nx: a\rb\r\n\r\n", "GET / HTTP/1.1\r\nx: a\0\r\n\r\n", "GET / HTTP/1.1\r\nx: \u{7F}\r\n\r\n",
        "\nGET / HTTP/1.1\r\n\r\n",
        // Fields (5.1, 5.2).
        "GET / HTTP/1.1\r\nhost : a\r\n\r\n", "GET / HTTP/1.1\r\n: a\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nx: a\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\nx: a\r\n\tb: c\r\n\r\n",
        "GET / HTTP/1.1\r\n host: a\r\n\r\n", "GET / HTTP/1.1\r\n\u{E9}: a\r\n\r\n", "GET / HTTP/1.1\r\n(x): a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\nHOST: b\r\n\r\n",
        // Lengths and codings (6.1, 6.2, 6.3).
        "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na",
        "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\ncontent-length: 1, 1\r\n\r\na", "POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: +1\r\n\r\na", "POST / HTTP/1.1\r\ncontent-length: 0x1\r\n\r\na",
        "POST / HTTP/1.1\r\ncontent-length:\r\n\r\n", "POST / HTTP/1.1\r\ncontent-length: 1 1\r\n\r\na",
        "POST / HTTP/1.1\r\ncontent-length: 9223372036854775808\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding:\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: \u{B}chunked\r\n\r\n0\r\n\r\n",
        // Chunks (7.1).
        "\(chunkedHead)\r\n", "\(chunkedHead)g\r\n", "\(chunkedHead)-1\r\n", "\(chunkedHead)0x5\r\nhello\r\n",
        "\(chunkedHead)5 \r\nhello\r\n", "\(chunkedHead) 5\r\nhello\r\n", "\(chunkedHead)5\nhello\r\n",
        "\(chunkedHead)5\r\nhelloX", "\(chunkedHead)5\r\nhello\n0\r\n\r\n", "\(chunkedHead)5\r\nhello\r0",
        "\(chunkedHead)5;\r\nhello\r\n", "\(chunkedHead)5;a=\"b\"c\r\nhello\r\n", "\(chunkedHead)5;a=\"b\r\nhello\r\n",
        "\(chunkedHead)5;a=\r\nhello\r\n", "\(chunkedHead)5;a=\"\\\r\nhello\r\n",
        "\(chunkedHead)5;a=\"\\\0\"\r\nhello\r\n", "\(chunkedHead)5; a\r\nhello\r\n",
        "\(chunkedHead)5;a\0\r\nhello\r\n",
        "\(chunkedHead)5;a\rb\r\nhello\r\n", "\(chunkedHead)5;\nhello\r\n",
        "\(chunkedHead)ffffffffffffffff\r\n", "\(chunkedHead)0000000000000005\r\n",
        "\(chunkedHead)0\r\nno colon\r\n\r\n", "\(chunkedHead)0\r\nx : y\r\n\r\n",
        "\(chunkedHead)0\r\nx: y\r\n z\r\n\r\n",
        "\(chunkedHead)0\r\nx: \0\r\n\r\n", "\(chunkedHead)0\r\n\n",
    ]

    @Test(arguments: refused) func `are refused where they could mean two things`(text: String) {
        let read = ReadMessages.requests(text.whole)
        #expect(read.isRefused, "\(read)")
        for pieces in text.halves + [text.single] {
            let cut = ReadMessages.requests(pieces)
            #expect(cut == read, "cut: \(cut); whole: \(read)")
        }
    }

    @Test func `are told apart where a coding is not known`() {
        let text = "POST / HTTP/1.1\r\ntransfer-encoding: gzip, chunked\r\n\r\n"
        #expect(ReadMessages.requests(text.whole).description == "fault unknownCoding")
    }

    static let tooLarge = [
        "GET /\(String(repeating: "a", count: 4_000)) HTTP/1.1\r\n\r\n", "GET /\(String(repeating: "a", count: 4_000))",
        "GET / HTTP/1.1\r\nx: \(String(repeating: "a", count: 4_000))",
        "GET / HTTP/1.1\r\n\(String(repeating: "x: y\r\n", count: 21))",
        "GET / HTTP/1.1\r\n" + (0..<9).map { "x-\($0): \(String(repeating: "a", count: 500))\r\n" }.joined(),
        String(repeating: "\r\n", count: 2_001),
        "\(chunkedHead)5;\(String(repeating: "a", count: 1_100))",
        "\(chunkedHead)\(String(repeating: "0", count: 1_100))",
        chunkedHead + String(repeating: "1;\(String(repeating: "a", count: 1_000))\r\na\r\n", count: 17),
        "\(chunkedHead)0\r\nx: \(String(repeating: "a", count: 4_000))",
        "\(chunkedHead)0\r\n\(String(repeating: "x: y\r\n", count: 21))",
    ]

    @Test(arguments: tooLarge) func `are refused where their head, extensions or trailers are too many`(text: String) {
        for pieces in [text.whole, text.single] {
            #expect(ReadMessages.requests(pieces).lines.last == "fault headTooLarge")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1\r\n", true), ("HTTP/1.1\r\nconnection: close\r\n", false), ("HTTP/1.0\r\n", false),
        ("HTTP/1.0\r\nConnection: Keep-Alive\r\n", true), ("HTTP/1.1\r\nconnection: x ,\tCLOSE\r\n", false),
        ("HTTP/1.1\r\nconnection: keep-alive\r\nconnection: close\r\n", false),
        ("HTTP/1.0\r\nconnection: keep-alive, close\r\n", false), ("HTTP/1.1\r\nconnection: closed\r\n", true),
        ("HTTP/1.1\r\nconnection:\r\nconnection: ,,\r\n", true),
    ]) func `say whether the connection goes on`(rest: String, goesOn: Bool) throws {
        var reader = RequestReader(limits: ReadMessages.limits)
        reader.append(ByteBuffer(string: "GET / \(rest)\r\n"))
        guard case .head(let head) = try reader.next() else { Issue.record("no head"); return }
        #expect(head.keepsAlive == goesOn)
    }

    @Test func `that follow a request wait until they are asked for`() throws {
        var reader = RequestReader(limits: ReadMessages.limits)
        reader.append(ByteBuffer(string: "GET /1 HTTP/1.1\r\n\r\nGET /2 HT"))
        _ = try reader.next()
        #expect(!reader.isBetweenRequests)
        _ = try reader.next()
        #expect(reader.isBetweenRequests && reader.hasBytes)
        reader.append(ByteBuffer(string: "TP/1.1\r\n"))
        #expect(try reader.next() == nil)
        #expect(!reader.isBetweenRequests && !reader.hasBytes)
    }
}

extension RequestReader.Part? {
    fileprivate static func == (part: Self, _: _OptionalNilComparisonType) -> Bool {
        if case .none = part { true } else { false }
    }
}
