import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Sessions that their clients ended: an ended session stays ended, on a replica that was not there then, too.
///
/// Whoever ends one tells every peer. A replica that starts, or learns of a peer, says so to it, and hears which
/// sessions ended before; one that could not be reached hears them when it is back.
extension Gateway {
    /// Tells every peer that a session was ended, so that none of them resumes it. A peer that does not hear it in time
    /// would give the client a fresh process for its dead id, never somebody else's session.
    func announceEnd(of session: any Session) {
        if let sessionID = session.ticket { announce(.ended, about: sessionID) }
    }

    /// Says to every peer that has not heard it yet that this replica is there.
    func greetPeers() {
        for peer in replicas.takeUngreeted() { notify(peer, .arrived, about: "\(replicas.own)") }
    }

    func tellEnded(_ peer: HTTPTarget) { tell(peer, .endedBefore, sessions.endedBefore.map { "\($0.digits)\n" }) }

    /// Takes note of sessions that a peer knows to have ended.
    func heardEnded(_ exchange: HTTPExchange) {
        collectNews(.endedBefore, exchange) { text, _ in
            for uid in text.split(separator: "\n").compactMap({ SessionUID(digits: $0) }) {
                self.sessions[uid: uid]?.end("The client ended the session.")
                self.sessions.rememberEnd(of: uid)
            }
        }
    }
}
