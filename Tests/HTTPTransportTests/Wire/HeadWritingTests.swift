import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite struct `A head that is written` {
    private func written(_ response: ResponseHead) -> String? {
        var buffer = ByteBuffer()
        return response.write(into: &buffer) == nil ? nil : String(buffer: buffer)
    }

    private func written(_ method: HTTPMethod, _ uri: String, _ fields: HTTPHeaders = [:]) -> String? {
        var buffer = ByteBuffer()
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: fields)
        return buffer.writeHead(head) == nil ? nil : String(buffer: buffer)
    }

    static let unsafe: [(String, String)] = [
        ("x", "a\r\nset: b"), ("x", "a\nb"), ("x", "a\rb"), ("x", "a\0b"), ("x", "\u{7F}"), ("x", "\u{B}"), ("", "a"),
        ("a b", "c"), ("a:", "b"), ("a\r\nb", "c"), ("\u{E9}", "a"), ("x ", "a"),
    ]

    @Test(arguments: unsafe) func `holds no name or value that could be more than one`(name: String, value: String) {
        #expect(written(ResponseHead(.ok, [name: value])) == nil)
        #expect(written(.GET, "/", [name: value]) == nil)
    }

    @Test(arguments: ["", "/a b", "/\r\nx: y", "/\0", "/\u{E9}", "/\"", "/<", "/{", "/|", "/^", "/`", "/\\"])
    func `holds no target that could be more than one`(uri: String) { #expect(written(.GET, uri) == nil) }

    @Test func `holds no method or reason that could be more than one`() {
        #expect(written(.RAW(value: "GET / HTTP/1.1\r\nx:"), "/") == nil)
        #expect(written(.RAW(value: ""), "/") == nil)
        #expect(written(ResponseHead(.custom(code: 200, reasonPhrase: "a\r\nb: c"))) == nil)
    }

    @Test func `frames what follows it`() {
        #expect(written(ResponseHead(.ok, length: 12)) == "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n")
        #expect(written(ResponseHead(.notFound, length: 0)) == "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
        #expect(written(ResponseHead(.ok)) == "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(written(ResponseHead(.noContent, ["content-length": "5"])) == "HTTP/1.1 204 No Content\r\n\r\n")
        #expect(written(ResponseHead(.notModified, length: 0)) == "HTTP/1.1 304 Not Modified\r\n\r\n")
        let both = ResponseHead(.ok, ["Content-Length": "9", "transfer-encoding": "chunked", "a": "b"])
        #expect(written(both) == "HTTP/1.1 200 OK\r\nContent-Length: 9\r\na: b\r\n\r\n")
        #expect(
            written(ResponseHead(.ok, ["content-length": "9"], length: 3))
                == "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n")
    }

    @Test func `of a request does too`() {
        #expect(written(.GET, "/") == "GET / HTTP/1.1\r\n\r\n")
        #expect(
            written(.POST, "/a?b", ["host": "c"])
                == "POST /a?b HTTP/1.1\r\nhost: c\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(
            written(.POST, "/", ["transfer-encoding": "gzip", "content-length": "4"])
                == "POST / HTTP/1.1\r\ncontent-length: 4\r\n\r\n")
        #expect(
            written(.DELETE, "/", ["Transfer-Encoding": "chunked"])
                == "DELETE / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(written(.GET, "/", ["transfer-encoding": "gzip"]) == "GET / HTTP/1.1\r\n\r\n")
    }
}
