import MCPWire
import NIOCore

/// Everything that `/metrics` shows; docs/gateway.md explains each name.
extension Gateway {
    var metricFamilies: [MetricFamily] {
        stateFamilies + callFamilies + serverFamilies + processFamilies
    }

    private var stateFamilies: [MetricFamily] {
        let version = [(name: "version", value: GatewayVersion.current)]
        return [
            MetricFamily("slipway_build_info", .gauge, "The gateway's version.", [.init(labels: version, value: 1)]),
            MetricFamily("slipway_healthy", .gauge, "1 while /health says 200.", condition == .fine ? 1 : 0),
            MetricFamily("slipway_draining", .gauge, "1 while the replica shuts down.", isDraining ? 1 : 0),
            MetricFamily("slipway_sessions", .gauge, "Sessions that live on this replica.", sessions.count),
            MetricFamily("slipway_connections", .gauge, "Open connections of clients and peers.", connectionCount),
            MetricFamily("slipway_open_streams", .gauge, "Open event streams.", openStreamCount),
        ]
    }

    private var callFamilies: [MetricFamily] {
        let metrics = observer.metrics
        let counted = metrics.calls.map { key, count in
            MetricFamily.Sample(
                labels: [
                    ("era", key.isModern ? "modern" : "legacy"), ("method", key.method.name),
                    ("tool", metrics.tools[key.tool]), ("outcome", key.outcome.rawValue),
                ],
                value: Double(count)
            )
        }
        let refused = metrics.refused.map { MetricFamily.Sample(labels: [("reason", $0)], value: Double($1)) }
        let latency = metrics.latency.enumerated().filter { $0.element.count > 0 }.flatMap { index, histogram in
            histogram.samples([("method", KnownMethod.names[index])])
        }
        return [
            MetricFamily("slipway_calls_total", .counter, "Calls that were answered here.", counted),
            MetricFamily("slipway_call_duration_seconds", .histogram, "From a call's head to its answer.", latency),
            MetricFamily("slipway_calls_forwarded_total", .counter, "Calls passed to a peer.", calls.forwarded),
            MetricFamily("slipway_calls_received_total", .counter, "Calls that a peer passed here.", calls.received),
            MetricFamily("slipway_refused_total", .counter, "Requests refused by the gateway.", refused),
            MetricFamily("slipway_sessions_resumed_total", .counter, "Sessions resumed here.", calls.resumed),
            MetricFamily(
                "slipway_sessions_handed_over_total",
                .counter,
                "Sessions let go while draining, for another replica to resume.",
                metrics.handedOver
            ),
            MetricFamily("slipway_received_bytes_total", .counter, "Bytes of request bodies.", traffic.received),
            MetricFamily("slipway_sent_bytes_total", .counter, "Bytes of response bodies.", traffic.sent),
        ]
    }

    private var serverFamilies: [MetricFamily] {
        let counts = servers.counts
        return [
            MetricFamily("slipway_children", .gauge, "MCP server processes.", reaper.childCount),
            MetricFamily("slipway_server_starts_total", .counter, "Starts of the MCP server.", counts.started),
            MetricFamily(
                "slipway_server_restarts_total",
                .counter,
                "Starts for a session that had a server before.",
                counts.restarted
            ),
            MetricFamily(
                "slipway_server_start_failures_total",
                .counter,
                "Starts without an answer to initialize.",
                counts.failed
            ),
            MetricFamily(
                "slipway_server_crashes_total",
                .counter,
                "Servers that ended unasked after they had answered initialize.",
                counts.crashed
            ),
        ]
    }

    private var processFamilies: [MetricFamily] {
        [
            MetricFamily(
                "slipway_event_loop_lag_seconds",
                .gauge,
                "How late the event loop was at worst, in the last minute.",
                observer.lag.greatest.inSeconds
            ),
            MetricFamily(
                "slipway_log_lines_dropped_total",
                .counter,
                "Log lines that nobody read in time.",
                LogStream.standardError.droppedLines
            ),
            MetricFamily(
                "process_resident_memory_bytes",
                .gauge,
                "Memory of the gateway itself.",
                ProcessUsage.residentBytes
            ),
            MetricFamily(
                "process_cpu_seconds_total",
                .counter,
                "Processor time of the gateway itself.",
                ProcessUsage.processorSeconds
            ),
            MetricFamily(
                "process_start_time_seconds",
                .gauge,
                "When the gateway started, since 1970.",
                observer.startedAt
            ),
        ]
    }

    /// The same in few numbers.
    var metricTotals: MetricTotals {
        let metrics = observer.metrics
        var totals = MetricTotals()
        totals.calls = metrics.callCount(Set(CallOutcome.allCases))
        totals.errors = metrics.callCount([.error, .failed])
        totals.toolErrors = metrics.callCount([.toolError])
        totals.refused = metrics.refused.values.reduce(0, +)
        totals.forwarded = calls.forwarded
        totals.received = calls.received
        totals.resumed = calls.resumed
        totals.handedOver = metrics.handedOver
        totals.starts = servers.counts
        (totals.receivedBytes, totals.sentBytes) = (traffic.received, traffic.sent)
        totals.latency = metrics.allLatency
        totals.sessions = sessions.count
        totals.children = reaper.childCount
        totals.openStreams = openStreamCount
        totals.residentBytes = ProcessUsage.residentBytes
        totals.lagInSeconds = observer.lag.greatest.inSeconds
        return totals
    }
}
