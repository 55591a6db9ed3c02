/// What is counted since the start and what is at the moment, in the few numbers that a dashboard shows.
struct MetricTotals: Equatable {
    var calls = 0
    /// Calls that a server or the gateway answered with a JSON-RPC error.
    var errors = 0
    var toolErrors = 0
    var refused = 0
    var forwarded = 0
    var received = 0
    var resumed = 0
    var handedOver = 0
    var starts = ServerStarts.Counts()
    var receivedBytes = 0
    var sentBytes = 0
    var latency = LatencyHistogram()

    var sessions = 0
    var children = 0
    var openStreams = 0
    var residentBytes = 0
    var lagInSeconds = 0.0
}
