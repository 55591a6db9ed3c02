import MCPWire
import NIOCore
import NIOHTTP1

/// What whoever relays a request may want to know, or to change, on its way. Each is `nil` where nobody minds.
struct UpstreamHooks {
    /// The server does not know the session any more (404), so it did not act on the request. Whoever is told sends
    /// the request again (`send`) or ends it (`fail`).
    var forgotten: ((UpstreamRelay) -> Void)?
    /// The server refused a GET stream because it believes it to be open already (409). It is asked again, later.
    var conflicted: ((UpstreamRelay) -> Void)?
    /// The server answered the `initialize` that this request is. The fields that are returned join the response's.
    var established: ((ScannedMessage, _ head: HTTPResponseHead) -> HTTPHeaders)?
    /// Sees each message of the answer (a JSON body, an event's data) before the client does, and may replace it; `nil`
    /// leaves it as it is, byte for byte. Costs a JSON body its streaming: it is gathered, up to the message limit.
    var rewrite: ((ByteBuffer) -> ByteBuffer?)?
    /// Nothing follows: the answer is complete, the client left, or the request failed.
    var ended: ((UpstreamRelay) -> Void)?
}
