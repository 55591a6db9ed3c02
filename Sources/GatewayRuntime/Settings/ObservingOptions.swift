import ArgumentParser

/// What is told of the gateway to the outside.
package struct ObservingOptions: ParsableArguments {
    @Option(help: "Port that serves /metrics for Prometheus, 0 for a free one (SLIPWAY_METRICS_PORT). Default: none")
    var metricsPort: Int?

    @Option(help: "Address that the metrics port listens on (SLIPWAY_METRICS_HOST). Default: 127.0.0.1")
    var metricsHost: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Metrics for CloudWatch as lines of the log (SLIPWAY_METRICS_EMF, on or off). Default: off"
    )
    var metricsEmf: Bool?

    @Option(help: "Seconds between two such lines (SLIPWAY_METRICS_EMF_INTERVAL). Default: 60")
    var metricsEmfInterval: Int?

    @Option(help: "What these lines call the service (SLIPWAY_METRICS_SERVICE). Default: slipway")
    var metricsService: String?

    @Flag(
        inversion: .prefixedNo,
        help: "One log line for every request, at level info (SLIPWAY_LOG_REQUESTS, on or off). Default: on for json"
    )
    var logRequests: Bool?

    @Option(
        help: """
            Seconds that the server may be broken until the gateway drains and ends, so that it is replaced; 0: never \
            (SLIPWAY_EXIT_WHEN_UNHEALTHY). Default: 60
            """
    )
    var exitWhenUnhealthy: Int?

    package init() {}
}
