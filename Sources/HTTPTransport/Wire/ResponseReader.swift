import NIOCore
import NIOHTTP1

/// Reads responses out of the bytes of a connection, one for each request that was sent on it.
package struct ResponseReader {
    package enum Part {
        case head(HTTPResponseHead, keepsAlive: Bool)
        case body(ByteBuffer)
        case end
    }

    private var messages: MessageReader
    /// The method of the request whose response is due.
    private var asked: HTTPMethod?
    private var interim = 0
    private var isInterim = false

    package init(limits: WireLimits) { messages = MessageReader(.response, limits: limits) }

    package var hasBytes: Bool { messages.hasBytes }

    /// The next response answers such a request.
    package mutating func expect(_ method: HTTPMethod) {
        asked = method
        interim = 0
    }

    package mutating func append(_ bytes: ByteBuffer) { messages.append(bytes) }

    /// The next part; `nil` where more bytes are needed for it. After a fault there are no more parts. Responses that
    /// precede the one that counts (status 1xx) are passed over.
    package mutating func next() throws(WireFault) -> Part? {
        while true {
            switch try messages.next() {
            case nil: return nil
            case .body(let piece): return .body(piece)
            case .end where isInterim: isInterim = false
            case .end: return .end
            case .head(let lines):
                if let part = try head(lines) { return part }
            }
        }
    }

    /// The connection is at its end: `end` where that is the body's end too.
    package mutating func finish() -> Part? {
        guard messages.endsWithConnection else { return nil }
        messages.readBody(.none)
        return .end
    }

    /// The connection broke: no end of it is a body's.
    package mutating func abandon() {
        if messages.endsWithConnection { messages.readBody(.length(.max)) }
    }

    private mutating func head(_ lines: HeadLines) throws(WireFault) -> Part? {
        guard let asked, case .response(let status, let minor) = lines.start else { throw .malformed }
        // Nobody here asks for another protocol.
        guard status != .switchingProtocols else { throw .malformed }
        if status.code < 200 {
            interim += 1
            guard interim <= WireLimits.interimResponses else { throw .headTooLarge }
            isInterim = true
            messages.readBody(.none)
            return nil
        }
        self.asked = nil
        let framing: BodyFraming =
            asked == .HEAD || !status.mayHaveResponseBody ? .none : try lines.framing.responseBody(minor: minor)
        messages.readBody(framing)
        let version = minor == 1 ? HTTPVersion.http1_1 : .http1_0
        return .head(
            HTTPResponseHead(version: version, status: status, headers: HTTPHeaders(lines.fields)),
            keepsAlive: framing != .untilClose && lines.framing.keepsAlive(minor: minor)
        )
    }
}
