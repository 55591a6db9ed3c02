import MCPWire

/// What this replica counts of its requests. To count a call is a handful of additions: labels are indices until
/// somebody reads the page.
struct Metrics {
    /// What tells calls apart.
    struct CallKey: Hashable {
        let isModern: Bool
        let method: KnownMethod
        /// In `tools`.
        let tool: Int
        let outcome: CallOutcome
    }

    private(set) var calls: [CallKey: Int] = [:]
    private(set) var latency = [LatencyHistogram](repeating: LatencyHistogram(), count: KnownMethod.names.count)
    private(set) var refused: [String: Int] = [:]
    private(set) var tools = ToolNames()
    /// Sessions that were let go while draining, for another replica to resume.
    var handedOver = 0

    /// Counts a request that is over.
    mutating func count(_ record: VisitRecord, _ outcome: CallOutcome, seconds: Double) {
        if let refusal = record.refusal { refused[refusal.reason, default: 0] += 1 }
        guard record.calls > 0, outcome != .elsewhere else { return }
        // The replica that answers counts the call; where none does, the one that passed it on.
        guard record.peer == nil || outcome == .failed else { return }
        let method = record.knownMethod
        let tool = tools.index(of: record.tool, isKnown: outcome == .succeeded)
        let key = CallKey(isModern: record.isModern, method: method, tool: tool, outcome: outcome)
        calls[key, default: 0] += record.calls
        if outcome != .left { latency[method.index].observe(seconds) }
    }

    /// Calls with one of these outcomes.
    func callCount(_ outcomes: Set<CallOutcome>) -> Int {
        calls.reduce(0) { outcomes.contains($1.key.outcome) ? $0 + $1.value : $0 }
    }

    /// The latency of all methods together.
    var allLatency: LatencyHistogram {
        latency.reduce(into: LatencyHistogram()) { $0.add($1) }
    }
}
