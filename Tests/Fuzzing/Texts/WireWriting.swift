/// Messages of HTTP/1.1 as bytes: most of them as they should be, some with what makes two recipients disagree.
enum WireWriting {
    static func requests(_ random: inout FuzzRandom) -> [UInt8] {
        (0...random.below(3)).flatMap { _ in message(line: requestLine(&random), &random) }
    }

    static func responses(_ random: inout FuzzRandom) -> [UInt8] {
        (0...random.below(2)).flatMap { _ in message(line: statusLine(&random), &random) }
    }

    private static func requestLine(_ random: inout FuzzRandom) -> String {
        let method = random.pick(["GET", "POST", "POST", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "CONNECT", "G@T"])
        let target = random.pick(["/", "/mcp", "/mcp?a=b", "/%00", "*", "http://a/b", "mcp", "/a b", "/\u{E9}", ""])
        let version = random.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1"])
        return "\(method) \(target) \(version)"
    }

    private static func statusLine(_ random: inout FuzzRandom) -> String {
        let status = random.pick([
            "200 OK", "200", "100 Continue", "204 No Content", "304 Not Modified", "404 ", "20 x",
        ])
        return "\(random.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/3.0"])) \(status)"
    }

    private static func message(line: String, _ random: inout FuzzRandom) -> [UInt8] {
        let body = random.bytes(random.below(random.once(in: 50) ? 3_000 : 30))
        var fields = (0..<random.below(5)).map { _ in plainField(&random) }
        let isChunked = random.once(in: 3)
        if isChunked {
            fields.append("Transfer-Encoding: chunked")
        } else if !body.isEmpty || random.once(in: 4) {
            fields.append("content-length: \(body.count)")
        }
        if random.once(in: 6) { fields.append(oddField(&random)) }
        fields.shuffle(using: &random)
        let end = random.once(in: 30) ? "\n" : "\r\n"
        let head = ([line] + fields).joined(separator: end) + end + end
        return Array(head.utf8) + (isChunked ? chunks(body, &random) : body)
    }

    private static func plainField(_ random: inout FuzzRandom) -> String {
        random.pick([
            "host: a", "accept: application/json", "x-empty:", "Connection: close", "connection: keep-alive, x",
            "mcp-session-id:  abc\t", "x: \u{E9}", "expect: 100-continue", "content-type: text/event-stream",
        ])
    }

    private static func oddField(_ random: inout FuzzRandom) -> String {
        random.pick([
            "content-length: 3", "content-length: 03, 3", "content-length: +1", "content-length: 99999999999999999999",
            "transfer-encoding: chunked", "transfer-encoding: gzip, chunked", "Transfer-Encoding:\tchunked",
            "transfer-encoding : chunked", " folded: x", "no colon", ": empty", "x: \u{0}", "x: a\rb", "host: b",
            "x: " + String(repeating: "y", count: 2_100), "upgrade: websocket",
        ])
    }

    private static func chunks(_ body: [UInt8], _ random: inout FuzzRandom) -> [UInt8] {
        var out: [UInt8] = []
        for piece in random.pieces(body) where !piece.isEmpty {
            let size = String(piece.count, radix: 16, uppercase: random.once(in: 2))
            let note = random.once(in: 5) ? random.pick([";a=b", ";", "; a=\"b\"", " ", ";\u{0}", ";\n"]) : ""
            out += Array("\(random.once(in: 5) ? "00" : "")\(size)\(note)\r\n".utf8) + piece
            out += Array((random.once(in: 40) ? "\n" : "\r\n").utf8)
        }
        let trailer = random.once(in: 5) ? random.pick(["x: y\r\n", "content-length: 5\r\n", "bad\r\n", " x\r\n"]) : ""
        return out + Array("0\r\n\(trailer)\r\n".utf8)
    }
}
