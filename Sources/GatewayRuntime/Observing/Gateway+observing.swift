import HTTPTransport
import Logging
import NIOCore

/// Being observed.
extension Gateway {
    /// Opens the metrics port, where there is one, and begins to write metrics into the log, where that is wanted.
    func startObserving() -> EventLoopFuture<Void> {
        observer.own = "\(replicas.own)"
        if let interval = configuration.observing.emfInterval {
            var metrics = EmbeddedMetrics(service: configuration.observing.service)
            embedded = eventLoop.repeatedly(every: interval) { [weak self] in
                guard let self else { return }
                let time = WallClock.now
                let milliseconds = time.seconds * 1000 + UInt64(time.nanoseconds / 1_000_000)
                let line = metrics.line(self.metricTotals, milliseconds: milliseconds, replica: self.observer.own)
                LogStream.standardError.append(line.utf8)
            }
        }
        guard let target = configuration.observing.metrics else { return eventLoop.makeSucceededVoidFuture() }
        let server = MetricsServer { [weak self] in self?.metricFamilies ?? [] }
        metricsServer = server
        let log = log
        return server.start(at: target, eventLoop: eventLoop).map { address in
            log.info("serving metrics", metadata: ["address": "\(target.host):\(address.port ?? 0)"])
        }.flatMapErrorThrowing { error in
            throw MetricsNotServed(target: target, reason: error)
        }
    }

    func stopObserving() {
        observer.flush()
        embedded?.cancel()
        metricsServer?.close()
    }

    /// Once a second, after the upkeep.
    func observe() {
        let now = NIODeadline.now()
        observer.lag.tick(now: now, next: now + Self.upkeepInterval)
        guard !isDraining, let limit = configuration.observing.unhealthyTime, let time = brokenTime, time >= limit
        else { return }
        onBroken?()
        onBroken = nil
    }
}
