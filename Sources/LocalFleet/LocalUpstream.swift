import FleetModel

/// Where the replicas of a local fleet call an MCP server that speaks HTTP itself.
///
/// In the cloud each replica has a server of its own, all of them at one port, because each has a network of its own. On
/// one machine each replica's server gets a port of its own: it is told by `PORT`, and where the command names the
/// address's port that word is changed. A server that somebody else started serves all replicas.
package struct LocalUpstream: Equatable, Sendable {
    private let url: String
    /// A port for each replica's server; none where one server serves all.
    private let ports: [Int]

    package init(url: String, ports: [Int] = []) {
        self.url = url
        self.ports = ports
    }

    func url(ofReplica index: Int) -> String {
        guard ports.indices.contains(index), let address = LoopbackURL(url) else { return url }
        return address.moved(to: ports[index])
    }

    /// The command line with the replica's port in place of the address's: as a word (`9000`), or at the end of one
    /// (`--port=9000`, `127.0.0.1:9000`).
    func command(_ words: [String], ofReplica index: Int) -> [String] {
        guard ports.indices.contains(index), let address = LoopbackURL(url) else { return words }
        let (old, new) = (String(address.port), String(ports[index]))
        return words.map { word in
            if word == old { return new }
            return word.hasSuffix("=\(old)") || word.hasSuffix(":\(old)") ? word.dropLast(old.count) + new : word
        }
    }
}
