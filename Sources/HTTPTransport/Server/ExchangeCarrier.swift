import NIOCore
import NIOHTTP1

/// What brought a request and takes its answer: a client's connection, or a peer's link.
protocol ExchangeCarrier: AnyObject {
    var remoteAddress: SocketAddress? { get }
    /// Whether the answer's bytes are taken as they come.
    var isWritable: Bool { get }
    /// Bytes of answers that were not taken.
    var unsentBytes: Int { get }
    /// Whether it ends with this answer.
    var closesAfterResponse: Bool { get }

    /// Makes room for bytes of a body, or says `false` where there is none left.
    func reserve(_ bytes: Int) -> Bool
    func free(_ bytes: Int)
    /// Pauses the request's body, or goes on with it.
    func setReading(_ isReading: Bool)
    /// The client waits to be told that its body is welcome.
    func welcomeBody()
    /// The end of the answer under way is the carrier's end.
    func endWithResponse()

    func begin(_ head: ResponseHead, to method: HTTPMethod)
    func write(_ piece: ByteBuffer)
    func flush()
    func finishResponse(requestIsComplete: Bool)
    /// Breaks the answer off.
    func close()
}

extension HTTPConnection: ExchangeCarrier {}
