import NIOCore
import NIOHTTP1

extension ByteBuffer {
    /// Writes a request's head, framed for what it says of its body. The answer is `nil`, and nothing is written, where
    /// a name, a value or the target could be taken for more than that.
    package mutating func writeHead(_ request: HTTPRequestHead) -> BodyFraming? {
        let method = request.method.rawValue
        let framing = request.framing
        var size = method.utf8.count + request.uri.utf8.count + 64
        for (name, value) in request.headers { size += name.utf8.count + value.utf8.count + 4 }
        var isValid = false
        writeWithUnsafeMutableBytes(minimumWritableBytes: size) { room in
            var head = HeadBytes(room)
            head.write(method) { $0.isToken }
            head.write(" ")
            head.write(request.uri) { $0.allSatisfy { WireByte.isURI($0) } }
            head.write(request.version == .http1_0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n")
            for (name, value) in request.headers where !framing.replaces(name) { head.field(name, value) }
            if framing == .chunked { head.write("transfer-encoding: chunked\r\n") }
            head.write("\r\n")
            isValid = head.isValid && !request.uri.isEmpty
            return isValid ? head.count : 0
        }
        return isValid ? framing : nil
    }
}

extension HTTPRequestHead {
    /// How the body ends that follows. A length that is declared counts; without, methods that usually have a body are
    /// sent in chunks, others only where the head says so.
    fileprivate var framing: BodyFraming {
        if let declared = headers.value("content-length") {
            return Int(declared).map { .length($0) } ?? .none
        }
        switch method {
        case .TRACE: return .none
        case .POST, .PUT, .PATCH: return version == .http1_0 ? .none : .chunked
        default: return headers.value("transfer-encoding") == "chunked" ? .chunked : .none
        }
    }
}

extension BodyFraming {
    /// Whether a field of the sender's would contradict this framing.
    fileprivate func replaces(_ name: String) -> Bool {
        switch name.utf8.count {
        case 14: self == .none && name.isField("content-length")
        case 17: name.isField("transfer-encoding")
        default: false
        }
    }
}
