import NIOCore
import NIOHTTP1

/// A response's head as it goes out: the fields that were given, and those that replace fields of the same name.
package struct ResponseHead {
    var status: HTTPResponseStatus
    var fields: HTTPHeaders
    /// Fields that replace others.
    var standing: HTTPHeaders?
    /// One more that does; its name is in lower case.
    var own: (name: String, value: String)?
    /// Bytes of a body that is known whole.
    var length: Int?
    /// The connection ends with this response.
    var closes = false
    /// The client knows no chunks, or is to get none.
    var isUnchunked = false

    package init(_ status: HTTPResponseStatus, _ fields: HTTPHeaders = [:], length: Int? = nil) {
        self.status = status
        self.fields = fields
        self.length = length
    }

    /// Whether the connection's end is the body's.
    var endsWithConnection: Bool { framing == .untilClose }

    /// How the body ends (RFC 9112, 6.3).
    private var framing: BodyFraming {
        guard status.mayHaveResponseBody else { return .none }
        if let length { return .length(length) }
        if let declared = fields.value("content-length") { return .length(Int(declared) ?? 0) }
        return isUnchunked ? .untilClose : .chunked
    }

    /// Writes the head into a buffer, and answers how the body ends. The answer is `nil`, and nothing is written, where a
    /// name or a value could be taken for more than that.
    package func write(into buffer: inout ByteBuffer, room: Int = 0) -> BodyFraming? {
        let framing = framing
        var isValid = false
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size + room) { bytes in
            var head = HeadBytes(bytes)
            writeStatus(&head, as: framing)
            forEachField(framing) { head.field($0, $1) }
            if let length, status.mayHaveResponseBody {
                head.write("content-length: ")
                head.write(length)
                head.write("\r\n")
            }
            if framing == .chunked { head.write("transfer-encoding: chunked\r\n") }
            head.write(closes ? "connection: close\r\n\r\n" : "\r\n")
            isValid = head.isValid
            return isValid ? head.count : 0
        }
        return isValid ? framing : nil
    }

    /// The fields as they go out, but for those that say how the body is framed.
    private func forEachField(_ framing: BodyFraming, _ write: (String, String) -> Void) {
        for (name, value) in fields where !isReplaced(name, framing) { write(name, value) }
        if let standing { for (name, value) in standing where name != own?.name { write(name, value) } }
        if let own { write(own.name, own.value) }
    }

    /// The fields as a link carries them: nothing of them speaks of a connection.
    func forEachField(_ write: (String, String) -> Void) {
        forEachField(framing) { name, value in
            if !name.isField("connection") { write(name, value) }
        }
        if let length, status.mayHaveResponseBody { write("content-length", String(length)) }
    }

    /// No fewer bytes than the head has.
    private var size: Int {
        var size = 160
        if case .custom(_, let reason) = status { size += reason.utf8.count }
        for (name, value) in fields { size += name.utf8.count + value.utf8.count + 4 }
        if let standing { for (name, value) in standing { size += name.utf8.count + value.utf8.count + 4 } }
        if let own { size += own.name.utf8.count + own.value.utf8.count + 4 }
        return size
    }

    private func writeStatus(_ head: inout HeadBytes, as framing: BodyFraming) {
        switch status {
        case .ok where framing != .untilClose: return head.write("HTTP/1.1 200 OK\r\n")
        case .accepted where framing != .untilClose: return head.write("HTTP/1.1 202 Accepted\r\n")
        default: break
        }
        head.write(framing == .untilClose ? "HTTP/1.0 " : "HTTP/1.1 ")
        head.write(Int(status.code))
        head.write(" ")
        head.write(status.reasonPhrase) { $0.isText }
        head.write("\r\n")
    }

    private func isReplaced(_ name: String, _ framing: BodyFraming) -> Bool {
        if let own, name.isField(own.name) { return true }
        if let standing, standing.contains(name: name) { return true }
        switch name.utf8.count {
        case 10: return closes && name.isField("connection")
        case 14: return (length != nil || framing == .none) && name.isField("content-length")
        case 17: return name.isField("transfer-encoding")
        default: return false
        }
    }
}
