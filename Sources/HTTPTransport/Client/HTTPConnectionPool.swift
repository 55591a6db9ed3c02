import NIOCore
import NIOHTTP1
import NIOPosix

/// Kept-alive connections to other servers, on one event loop.
package final class HTTPConnectionPool {
    let eventLoop: any EventLoop
    let connectTimeout: TimeAmount
    private let restingTime: TimeAmount
    private let trust: ClientTrust?
    private var resting: [HTTPTarget: [HTTPClientConnection]] = [:]
    private var links: [HTTPTarget: LinkClient] = [:]
    /// When a link may be asked for again, where one was refused or broke.
    private var unlinkedUntil: [HTTPTarget: NIODeadline] = [:]
    private var inspection: RepeatedTask?

    /// To be made on `eventLoop`, and used there only. `restingTime` must be shorter than the servers keep idle
    /// connections, so that it is always this side that closes them. Without `trust` no secure target is reached.
    package init(
        eventLoop: any EventLoop,
        connectTimeout: TimeAmount,
        restingTime: TimeAmount = .seconds(30),
        trust: ClientTrust? = nil
    ) {
        self.eventLoop = eventLoop
        self.connectTimeout = connectTimeout
        self.restingTime = restingTime
        self.trust = trust
    }

    /// Starts a call. Without a `body` the request's body follows through the call, and `endRequest` completes it.
    @discardableResult
    package func call(
        _ head: HTTPRequestHead,
        body: ByteBuffer? = nil,
        to target: HTTPTarget,
        receiver: any HTTPCallReceiver
    ) -> HTTPCall {
        let call = HTTPCall(head: head, body: body, receiver: receiver)
        if let connection = takeResting(target) {
            connection.carry(call)
        } else {
            connect(to: target, for: call)
        }
        return call
    }

    /// Starts a call whose body is at hand, on the link to its target where there is one and the call is small. The first
    /// of them opens it.
    /// - Parameter opening: makes the request that asks for a link.
    @discardableResult
    package func call(
        _ head: HTTPRequestHead,
        body: ByteBuffer,
        to target: HTTPTarget,
        receiver: any HTTPCallReceiver,
        opening: () -> HTTPRequestHead
    ) -> HTTPCall {
        guard head.linkSize + body.readableBytes <= LinkFrame.largestRequest, let link = link(to: target, opening)
        else {
            return call(head, body: body, to: target, receiver: receiver)
        }
        let call = HTTPCall(head: head, body: body, receiver: receiver)
        link.carry(call)
        return call
    }

    /// Breaks the link to a server that is silent.
    package func closeLink(_ target: HTTPTarget) { links[target]?.close() }

    private func link(to target: HTTPTarget, _ opening: () -> HTTPRequestHead) -> LinkClient? {
        if let link = links[target] { return link.takesCalls ? link : nil }
        guard unlinkedUntil[target].map({ $0 <= .now() }) ?? true else { return nil }
        let link = LinkClient(eventLoop: eventLoop) { [weak self] wasRefused in
            self?.links[target] = nil
            self?.unlinkedUntil[target] = .now() + (wasRefused ? Self.patienceAfterRefusal : .seconds(1))
        }
        links[target] = link
        link.open(opening(), to: target, over: self)
        return nil
    }

    /// How long a server that knows no links, or takes none, is not asked again.
    private static let patienceAfterRefusal: TimeAmount = .seconds(20)

    /// Closes what rests; calls under way go on.
    package func close() {
        inspection?.cancel()
        inspection = nil
        for link in Array(links.values) { link.close() }
        for connection in resting.values.joined() { connection.close() }
        resting = [:]
    }

    /// Closes what rests for one server, because it said that it is leaving.
    package func closeResting(_ target: HTTPTarget) {
        for connection in resting.removeValue(forKey: target) ?? [] { connection.close() }
        links[target]?.retire()
    }

    func rest(_ connection: HTTPClientConnection) {
        resting[connection.target, default: []].append(connection)
        startInspecting()
    }

    func forget(_ connection: HTTPClientConnection) {
        resting[connection.target]?.removeAll { $0 === connection }
    }

    private func takeResting(_ target: HTTPTarget) -> HTTPClientConnection? {
        while let connection = resting[target]?.popLast() {
            guard connection.isOpen else { continue }
            if NIODeadline.now() - connection.idleSince <= restingTime { return connection }
            connection.close()
        }
        return nil
    }

    private func connect(to target: HTTPTarget, for call: HTTPCall) {
        let state = NIOLoopBound((pool: self, call: call), eventLoop: eventLoop)
        let trust = trust
        ClientBootstrap(group: eventLoop)
            .connectTimeout(connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .noticingVanishedHosts()
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let operations = channel.pipeline.syncOperations
                    if target.isSecure {
                        try operations.addHandler(ClientTrust.handler(trust, for: target.name ?? target.host))
                    }
                    try operations.addHandler(HTTPClientConnection(target: target, pool: state.value.pool))
                }
            }
            .connect(host: target.host, port: target.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result.flatMap({ channel in
                    Result { try channel.pipeline.syncOperations.handler(type: HTTPClientConnection.self) }
                }) {
                case .success(let connection) where state.value.call.isOver: connection.close()
                case .success(let connection): connection.carry(state.value.call)
                case .failure(let error): state.value.call.failed(.unreachable(ConnectFailure.words(error)))
                }
            }
    }

    private func startInspecting() {
        guard inspection == nil else { return }
        inspection = eventLoop.repeatedly(every: .seconds(5)) { [weak self] in self?.closeLongResting() }
    }

    private func closeLongResting() {
        let now = NIODeadline.now()
        unlinkedUntil = unlinkedUntil.filter { $0.value > now }
        for link in links.values where link.isIdle && now - link.idleSince > restingTime { link.retire() }
        for (target, connections) in resting {
            let kept = connections.filter { now - $0.idleSince <= restingTime }
            for connection in connections where now - connection.idleSince > restingTime { connection.close() }
            resting[target] = kept.isEmpty ? nil : kept
        }
    }
}
