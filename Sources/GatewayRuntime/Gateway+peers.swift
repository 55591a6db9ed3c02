import HTTPTransport
import NIOCore
import NIOPosix

/// Finding the other replicas.
extension Gateway {
    /// How often a DNS name is asked. An answer carries at most eight addresses, so a fleet is known after a few.
    static let lookupInterval: TimeAmount = .seconds(5)

    /// Asks DNS for the replicas, where the configuration names a service; the answer arrives later. Those that are known
    /// are greeted.
    func lookUpPeers() {
        greetPeers()
        guard let service = configuration.peerService else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { PeerLookup.addresses(of: service.host) }
            .whenSuccess { addresses in
                bound.value.replicas.named(addresses.map { HTTPTarget(host: $0, port: service.port) })
                bound.value.greetPeers()
                bound.value.askDoubtfulPeers()
            }
    }

    /// A replica that DNS did not name for long may be one of many, or gone; one that answers stays known. So does a
    /// fleet whose DNS is out of order.
    private func askDoubtfulPeers() {
        for peer in replicas.doubtful {
            PeerProbe.start(peer, over: pool, eventLoop: eventLoop, limit: .seconds(2)) { [weak self] verdict in
                if verdict == .ready || verdict == .present { self?.replicas.reached(peer) }
            }
        }
    }
}
