import NIOCore
import NIOHTTP1

/// Reads requests out of the bytes of a connection.
package struct RequestReader {
    package enum Part {
        case head(Head)
        case body(ByteBuffer)
        case end
    }

    /// A request's head, and what it says of the connection.
    package struct Head {
        package let head: HTTPRequestHead
        package let body: BodyFraming
        package let keepsAlive: Bool
        /// The client waits to be told that its body is welcome.
        package let expectsContinue: Bool
    }

    private var messages: MessageReader

    package init(limits: WireLimits) { messages = MessageReader(.request, limits: limits) }

    package var hasBytes: Bool { messages.hasBytes }

    /// Whether the next part is a head of which nothing was read.
    package var isBetweenRequests: Bool { messages.isBetweenMessages }

    package mutating func append(_ bytes: ByteBuffer) { messages.append(bytes) }

    package mutating func drop() { messages.drop() }

    /// The next part; `nil` where more bytes are needed for it. After a fault there are no more parts.
    package mutating func next() throws(WireFault) -> Part? {
        switch try messages.next() {
        case nil: return nil
        case .body(let piece): return .body(piece)
        case .end: return .end
        case .head(let lines):
            guard case .request(let method, let uri, let minor) = lines.start else { throw .malformed }
            let framing = try lines.framing.requestBody(minor: minor)
            messages.readBody(framing)
            let head = HTTPRequestHead(
                version: minor == 1 ? .http1_1 : .http1_0, method: method, uri: uri, headers: HTTPHeaders(lines.fields))
            return .head(
                Head(
                    head: head,
                    body: framing,
                    keepsAlive: lines.framing.keepsAlive(minor: minor),
                    expectsContinue: minor == 1 && lines.framing.expectsContinue
                )
            )
        }
    }
}
