import NIOCore
import NIOHTTP1

/// What takes a call to its server: a pooled connection, or a link to a peer.
protocol CallCarrier: AnyObject {
    var isWritable: Bool { get }
    /// Until when the other side's certificate is good, in seconds since 1970; `nil` without TLS.
    var certificateEnd: Int? { get }

    func begin(_ head: HTTPRequestHead)
    func write(_ piece: ByteBuffer)
    func end()
    func flush()
    /// Pauses the response, or goes on with it.
    func setReading(_ isReading: Bool)
    /// The call is given up.
    func close()
}

extension HTTPClientConnection: CallCarrier {}
