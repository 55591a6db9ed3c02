import HTTPTransport
import NIOCore
import NIOHTTP1

/// Saying how this replica is.
extension Gateway {
    /// How this replica is.
    var condition: HealthReport.Condition {
        if isDraining { return .draining }
        if upstream?.trouble != nil { return .unhealthy }
        return servers.policy.unhealthyTime(now: .now()) == nil ? .fine : .unhealthy
    }

    /// `/health`: whether the balancer shall send requests here.
    func answerHealth(_ exchange: HTTPExchange) {
        let now = NIODeadline.now()
        let trouble = servers.policy.streak.map { streak in
            HealthReport.Trouble(
                failedStarts: streak.count,
                secondsAgo: (now - streak.began).wholeSeconds,
                reason: streak.reason,
                nextStart: servers.policy.pause(now: now)?.wholeSeconds ?? 0
            )
        }
        let report = HealthReport(
            condition: condition,
            replica: "\(replicas.own)",
            sessions: sessions.count,
            children: reaper.childCount,
            calls: calls,
            trouble: trouble,
            unreachable: upstream?.trouble
        )
        let status = report.condition == .fine ? HTTPResponseStatus.ok : .serviceUnavailable
        exchange.discardBody()
        exchange.respond(status, ["content-type": "application/json"], body: report.body)
    }

    /// `/livez`: the event loop runs, or there would be no answer.
    func answerLive(_ exchange: HTTPExchange) {
        exchange.discardBody()
        let body = ByteBuffer(staticString: #"{"status":"live"}"# + "\n")
        exchange.respond(.ok, ["content-type": "application/json"], body: body)
    }
}
