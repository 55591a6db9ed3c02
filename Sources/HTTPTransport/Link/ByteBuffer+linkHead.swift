import NIOCore
import NIOHTTP1

extension HTTPRequestHead {
    /// Bytes that it takes on a link.
    var linkSize: Int {
        let line = method.rawValue.utf8.count + uri.utf8.count + 10
        return headers.reduce(line) { $0 + $1.name.utf8.count + $1.value.utf8.count + 8 }
    }
}

/// Heads as frames carry them: texts with their lengths before them, so that nothing has to be looked for.
extension ByteBuffer {
    package mutating func writeLinkHead(_ head: HTTPRequestHead) {
        writeLinkText(head.method.rawValue)
        writeLinkText(head.uri)
        writeInteger(UInt16(clamping: head.headers.count))
        for (name, value) in head.headers {
            writeLinkText(name)
            writeLinkText(value)
        }
    }

    package mutating func writeLinkHead(_ head: ResponseHead) {
        writeInteger(UInt16(clamping: head.status.code))
        let count = writerIndex
        var fields: UInt16 = 0
        writeInteger(fields)
        head.forEachField { name, value in
            writeLinkText(name)
            writeLinkText(value)
            fields += 1
        }
        setInteger(fields, at: count)
    }

    package mutating func readLinkRequest(mostFields: Int) throws(LinkFault) -> HTTPRequestHead {
        guard readableBytes > 0 else { throw .malformed }
        let method = HTTPMethod(rawValue: try readLinkText())
        let uri = try readLinkText()
        let headers = try readLinkFields(mostFields)
        return HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: headers)
    }

    package mutating func readLinkResponse(mostFields: Int) throws(LinkFault) -> HTTPResponseHead {
        guard let code = readInteger(as: UInt16.self), (200...999).contains(code) else { throw .malformed }
        let status = HTTPResponseStatus(statusCode: Int(code))
        return HTTPResponseHead(version: .http1_1, status: status, headers: try readLinkFields(mostFields))
    }

    private mutating func readLinkFields(_ mostFields: Int) throws(LinkFault) -> HTTPHeaders {
        guard let count = readInteger(as: UInt16.self), Int(count) <= mostFields else { throw .malformed }
        var fields: [(String, String)] = []
        fields.reserveCapacity(Int(count))
        for _ in 0..<count {
            let name = try readLinkText()
            fields.append((name, try readLinkText()))
        }
        return HTTPHeaders(fields)
    }

    private mutating func writeLinkText(_ text: String) {
        writeInteger(UInt32(text.utf8.count))
        writeString(text)
    }

    private mutating func readLinkText() throws(LinkFault) -> String {
        guard let length = readInteger(as: UInt32.self), let text = readString(length: Int(length)) else {
            throw .malformed
        }
        return text
    }
}
