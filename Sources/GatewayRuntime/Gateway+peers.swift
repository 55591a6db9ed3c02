import HTTPTransport
import NIOCore
import NIOPosix

/// Finding the other replicas.
extension Gateway {
    /// How often a DNS name is asked. An answer carries at most eight addresses, so a fleet is known after a few.
    static let lookupInterval: TimeAmount = .seconds(5)

    /// Asks DNS for the replicas, where the configuration names a service; the answer arrives later.
    func lookUpPeers() {
        guard let service = configuration.peerService else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { PeerLookup.addresses(of: service.host) }
            .whenSuccess { addresses in
                bound.value.replicas.named(addresses.map { HTTPTarget(host: $0, port: service.port) })
            }
    }
}
