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

    /// Closes what rests; calls under way go on.
    package func close() {
        inspection?.cancel()
        inspection = nil
        for connection in resting.values.joined() { connection.close() }
        resting = [:]
    }

    /// Closes what rests for one server, because it said that it is leaving.
    package func closeResting(_ target: HTTPTarget) {
        for connection in resting.removeValue(forKey: target) ?? [] { connection.close() }
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
        for (target, connections) in resting {
            let kept = connections.filter { now - $0.idleSince <= restingTime }
            for connection in connections where now - connection.idleSince > restingTime { connection.close() }
            resting[target] = kept.isEmpty ? nil : kept
        }
    }
}
