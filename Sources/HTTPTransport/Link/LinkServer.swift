import NIOCore
import NIOHTTP1

/// The other side of a link: every request on it becomes an exchange, as if it had come on a connection of its own.
final class LinkServer {
    /// Exchanges on one link at a time.
    private static let mostExchanges = 20_000

    private let exchange: HTTPExchange
    private let eventLoop: any EventLoop
    private weak var server: HTTPServer?
    private var exchanges: [UInt32: LinkedExchange] = [:]
    private var reader = LinkReader(limit: LinkFrame.largestRequest)
    private lazy var writer = LinkWriter(eventLoop: eventLoop) { [exchange] in
        exchange.write($0)
        exchange.flush()
    }

    /// - Parameter exchange: the request that asks for the link; its body and its answer are the link.
    init(_ exchange: HTTPExchange, server: HTTPServer, eventLoop: any EventLoop) {
        self.exchange = exchange
        self.server = server
        self.eventLoop = eventLoop
    }

    func open() {
        exchange.onDisconnect = { self.closed() }
        exchange.onWritable = { self.becameWritable() }
        exchange.start(.ok, [:])
        exchange.flush()
        exchange.streamBody(to: self)
    }

    var exchangeCount: Int { exchanges.count }
    var streamCount: Int { exchanges.values.count { $0.exchange?.isEventStream ?? false } }

    fileprivate var isWritable: Bool { exchange.isWritable }
    fileprivate var unsentBytes: Int { exchange.unsentBytes + writer.waitingBytes }
    fileprivate var remoteAddress: SocketAddress? { exchange.remoteAddress }
    fileprivate func reserve(_ bytes: Int) -> Bool { server?.reserve(bytes) ?? false }
    fileprivate func free(_ bytes: Int) { server?.free(bytes) }

    fileprivate func send(_ kind: LinkFrame.Kind, _ number: UInt32, _ write: (inout ByteBuffer) -> Void = { _ in }) {
        if !exchange.isOver { writer.send(kind, number, write) }
    }

    fileprivate func forget(_ number: UInt32) { exchanges[number] = nil }

    private func receive(_ frame: LinkFrame) throws(LinkFault) {
        switch frame.kind {
        case .request:
            guard let application = server?.application else { return }
            var payload = frame.payload
            let head = try payload.readLinkRequest(mostFields: LinkFrame.mostFields)
            guard exchanges[frame.exchange] == nil else { throw .malformed }
            guard exchanges.count < Self.mostExchanges else { return send(.cut, frame.exchange) }
            let linked = LinkedExchange(frame.exchange, on: self)
            exchanges[frame.exchange] = linked
            linked.begin(HTTPExchange(head, body: payload, carrier: linked), application)
        case .cancel: exchanges.removeValue(forKey: frame.exchange)?.left()
        case .pause: exchanges[frame.exchange]?.isPaused = true
        case .resume:
            exchanges[frame.exchange]?.isPaused = false
            exchanges[frame.exchange]?.becameWritable()
        case .answer, .data, .end, .cut: throw .malformed
        }
    }

    private func becameWritable() { for linked in Array(exchanges.values) { linked.becameWritable() } }

    private func closed() {
        let left = exchanges.values
        exchanges = [:]
        server?.forget(self)
        for linked in left { linked.left() }
    }
}

extension LinkServer: BodyReceiver {
    func bodyReceived(_ piece: ByteBuffer) {
        reader.append(piece)
        do throws(LinkFault) {
            while !exchange.isOver, let frame = try reader.next() { try receive(frame) }
        } catch {
            exchange.abort()
        }
    }

    func bodyEnded() {
        exchange.finish()
        closed()
    }

    func bodyFailed() { closed() }
}

/// One exchange on a link.
private final class LinkedExchange: ExchangeCarrier {
    private(set) var exchange: HTTPExchange?
    private let number: UInt32
    private let link: LinkServer
    private var unread = 0
    var isPaused = false {
        didSet { unread = 0 }
    }

    init(_ number: UInt32, on link: LinkServer) {
        self.number = number
        self.link = link
    }

    func begin(_ exchange: HTTPExchange, _ application: any HTTPApplication) {
        self.exchange = exchange
        application.begin(exchange)
    }

    /// The caller is gone.
    func left() {
        let exchange = exchange
        self.exchange = nil
        exchange?.disconnected()
    }

    func becameWritable() { if isWritable { exchange?.onWritable?() } }

    var remoteAddress: SocketAddress? { link.remoteAddress }
    var isWritable: Bool { !isPaused && link.isWritable }
    var unsentBytes: Int { unread + link.unsentBytes }
    var closesAfterResponse: Bool { false }
    func reserve(_ bytes: Int) -> Bool { link.reserve(bytes) }
    func free(_ bytes: Int) { link.free(bytes) }
    func setReading(_ isReading: Bool) {}
    func welcomeBody() {}
    func endWithResponse() {}

    func begin(_ head: ResponseHead, to method: HTTPMethod) { link.send(.answer, number) { $0.writeLinkHead(head) } }

    func write(_ piece: ByteBuffer) {
        if isPaused { unread += piece.readableBytes }
        var rest = piece
        while rest.readableBytes > 0 {
            let length = min(rest.readableBytes, LinkFrame.largestPiece)
            guard let part = rest.readSlice(length: length) else { return }
            link.send(.data, number) { $0.writeImmutableBuffer(part) }
        }
    }

    func flush() {}

    func finishResponse(requestIsComplete: Bool) { over(.end) }

    func close() { over(.cut) }

    private func over(_ kind: LinkFrame.Kind) {
        exchange = nil
        link.send(kind, number)
        link.forget(number)
    }
}
