import NIOCore
import NIOPosix

/// An HTTP/1.1 server on one event loop: every connection, and with them the whole application, lives there.
package final class HTTPServer {
    let application: any HTTPApplication

    private let eventLoop: any EventLoop
    private let limits: HTTPServerLimits
    private(set) var isRetiring = false
    private var listener: (any Channel)?
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    private var links: [ObjectIdentifier: LinkServer] = [:]
    private var inspection: RepeatedTask?
    private var collectedBytes = 0
    /// Bytes of bodies that came and went since the start.
    package internal(set) var traffic = (received: 0, sent: 0)

    /// To be made on `eventLoop`, and used there only.
    package init(eventLoop: any EventLoop, limits: HTTPServerLimits, application: any HTTPApplication) {
        self.eventLoop = eventLoop
        self.limits = limits
        self.application = application
    }

    package var connectionCount: Int { connections.count }

    /// Requests that are being answered, those on links included.
    package var busyCount: Int {
        connections.values.count(where: \.isBusy) + links.values.reduce(0) { $0 + $1.exchangeCount - 1 }
    }

    /// Event streams that are open.
    package var openStreamCount: Int {
        connections.values.count(where: \.isStreaming) + links.values.reduce(0) { $0 + $1.streamCount }
    }

    /// Makes a link of a request that a peer sent to ask for one.
    package func link(_ exchange: HTTPExchange) {
        let link = LinkServer(exchange, server: self, eventLoop: eventLoop)
        links[ObjectIdentifier(link)] = link
        exchange.isLasting = true
        link.open()
    }

    /// Listens. The future's value is the address, with the port that port 0 became.
    package func bind(host: String, port: Int) -> EventLoopFuture<SocketAddress> {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return ServerBootstrap(group: eventLoop, childGroup: eventLoop)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.accept(channel) }
            }
            .bind(host: host, port: port)
            .flatMapThrowing { listener in
                guard let address = listener.localAddress else { throw ChannelError.unknownLocalAddress }
                bound.value.listens(on: listener)
                return address
            }
    }

    /// Takes no further connections; those that are open go on.
    package func stopListening() {
        listener?.close(promise: nil)
        listener = nil
    }

    /// Closes every connection after its next response, so that its client has heard that it ends.
    package func retireConnections() {
        isRetiring = true
        for connection in connections.values { connection.retire() }
    }

    /// Closes everything now.
    package func close() {
        stopListening()
        inspection?.cancel()
        for connection in connections.values { connection.close() }
    }

    /// Makes room for bytes of a body that is being collected, or says `false` where there is none left.
    func reserve(_ bytes: Int) -> Bool {
        guard collectedBytes + bytes <= limits.collectedBodies else { return false }
        collectedBytes += bytes
        return true
    }

    func free(_ bytes: Int) { collectedBytes -= bytes }

    func forget(_ connection: HTTPConnection) { connections[ObjectIdentifier(connection)] = nil }

    func forget(_ link: LinkServer) { links[ObjectIdentifier(link)] = nil }

    private func accept(_ channel: any Channel) throws {
        guard connections.count < limits.connections else { return channel.close(promise: nil) }
        let connection = HTTPConnection(
            server: self, limits: WireLimits(bytes: limits.headBytes, fields: limits.headFields))
        connections[ObjectIdentifier(connection)] = connection
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    private func listens(on channel: any Channel) {
        listener = channel
        let interval = min(.seconds(5), limits.requestHead, limits.requestBody)
        inspection = eventLoop.repeatedly(every: interval) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            for connection in self.connections.values { connection.enforce(self.limits, now: now) }
        }
    }
}
