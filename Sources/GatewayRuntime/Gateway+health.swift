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
        let report = healthReport
        let status = report.condition == .fine ? HTTPResponseStatus.ok : .serviceUnavailable
        exchange.discardBody()
        exchange.respond(status, ["content-type": "application/json"], body: report.body)
    }

    /// What there is to say.
    var healthReport: HealthReport {
        let now = NIODeadline.now()
        let trouble = servers.policy.streak.map { streak in
            HealthReport.Trouble(
                failedStarts: streak.count,
                secondsAgo: (now - streak.began).wholeSeconds,
                reason: streak.reason,
                nextStart: servers.policy.pause(now: now)?.wholeSeconds ?? 0
            )
        }
        return HealthReport(
            condition: condition,
            replica: "\(replicas.own)",
            sessions: sessions.count,
            children: reaper.childCount,
            calls: calls,
            trouble: trouble,
            unreachable: upstream?.trouble
        )
    }

    /// How long the server has been broken; `nil` where it is not.
    var brokenTime: TimeAmount? {
        let now = NIODeadline.now()
        return [servers.policy.unhealthyTime(now: now), upstream?.brokenTime(now: now)].compactMap { $0 }.max()
    }

    /// `/livez`: the event loop runs, or there would be no answer.
    func answerLive(_ exchange: HTTPExchange) {
        exchange.discardBody()
        let body = ByteBuffer(string: #"{"status":"live"}"# + "\n")
        exchange.respond(.ok, ["content-type": "application/json"], body: body)
    }
}
