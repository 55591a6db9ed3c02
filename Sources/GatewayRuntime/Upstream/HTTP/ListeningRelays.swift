import HTTPTransport
import NIOHTTP1

/// The GET streams of one client's session with a server that speaks HTTP itself: the one it listens on, and those on
/// which it comes back to a stream that broke. Which stream that was, the server knows alone: a call's, which a
/// listening client wants beside its GET stream, or the GET stream itself, which the new one replaces.
struct ListeningRelays {
    /// So many streams a client may come back to at a time; another one ends the oldest.
    private static let mostResumed = 32
    /// After so many refusals the server believes that a stream which was come back to is the GET stream.
    private static let mostConflicts = 3

    private(set) var listener: UpstreamRelay?
    private var resumed: [UpstreamRelay] = []

    var count: Int { all.count }
    /// Every open stream, the GET stream first.
    var all: [UpstreamRelay] { (listener.map { [$0] } ?? []) + resumed }

    /// Adds the stream of a new GET.
    /// - Returns: the stream that it replaces, which is still to be finished.
    mutating func open(_ relay: UpstreamRelay) -> UpstreamRelay? {
        guard let last = relay.exchange.head.headers.value("last-event-id"), last != listener?.lastID else {
            return replaceListener(with: relay)
        }
        resumed.append(relay)
        return resumed.count > Self.mostResumed ? resumed.removeFirst() : nil
    }

    /// Makes a stream the one that the client listens on.
    /// - Returns: the stream that it replaces, which is still to be finished.
    mutating func replaceListener(with relay: UpstreamRelay) -> UpstreamRelay? {
        resumed.removeAll { $0 === relay }
        defer { listener = relay }
        return listener === relay ? nil : listener
    }

    mutating func close(_ relay: UpstreamRelay) {
        if listener === relay { listener = nil }
        resumed.removeAll { $0 === relay }
    }

    /// What has to end before the server, which believes the stream of `relay` to be open, opens it again.
    func inTheWay(of relay: UpstreamRelay) -> [UpstreamRelay] {
        if relay === listener { return relay.conflicts < Self.mostConflicts ? [] : resumed }
        return listener.map { [$0] } ?? []
    }
}
