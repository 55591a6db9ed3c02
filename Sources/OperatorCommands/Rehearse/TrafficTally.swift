/// What clients of one era met in one region, while something was done to it.
struct TrafficTally: Encodable, Equatable, Sendable {
    let region: String
    /// The revision of MCP that they speak.
    let revision: String
    let clients: Int
    var calls = 0
    var failed = 0
    /// Milliseconds.
    var slowest = 0
    /// The first few failures, in their own words.
    var failures: [String] = []

    /// The most failures that are kept in words.
    private static let mostWords = 5

    init(region: String, revision: String, clients: Int) {
        self.region = region
        self.revision = revision
        self.clients = clients
    }

    mutating func take(_ call: TrafficCall) {
        calls += 1
        slowest = max(slowest, call.milliseconds)
        guard let failure = call.failure else { return }
        failed += 1
        if failures.count < Self.mostWords { failures.append(failure) }
    }

    var words: String {
        "\(region), \(revision): \(calls) calls by \(clients) clients, \(failed == 0 ? "none" : "\(failed)") failed, "
            + "the slowest took \(slowest) ms"
    }
}

/// One call of one client.
struct TrafficCall: Sendable {
    let milliseconds: Int
    /// Why it is no good; nil where it is.
    let failure: String?
}
