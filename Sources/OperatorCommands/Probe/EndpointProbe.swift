import AWSOperations
import FleetModel
import HTTPTransport

/// Looks at one endpoint as a client would: the health page, and the handshake of each era.
struct EndpointProbe: Sendable {
    let subject: ProbeSubject
    /// Sent to the MCP endpoint only. They may hold secrets.
    let headers: [WebRequest.Header]
    let web: WebClient
    let elapsed: @Sendable () -> Duration
    /// Seconds since 1970.
    let now: Int

    /// For each exchange.
    private static let patience = Duration.seconds(10)

    private struct Exchange {
        let outcome: Result<WebResponse, WebFailure>
        let milliseconds: Int
    }

    func run() async -> ProbeReport {
        var report = ProbeReport(via: subject.via, url: subject.location.description)
        let health = await exchange("GET", subject.location.at(subject.healthPath), [], isOpen: true)
        report.health = healthCheck(health)
        if case .success(let response) = health.outcome {
            report.certificateDays = response.certificateEnd.map { ($0 - now) / 86400 }
        }
        // What can't be connected to is said once.
        if case .failure(let failure) = health.outcome, !failure.mayHaveHappened {
            report.health = ProbeCheck(state: .wrong, says: failure.words)
            return report
        }
        report.sessions = await sessions()
        report.modern = await modern()
        return report
    }

    private func healthCheck(_ exchange: Exchange) -> ProbeCheck {
        switch exchange.outcome {
        case .failure(let failure): return ProbeCheck(state: .wrong, says: failure.words)
        case .success(let response) where response.status == 200:
            return ProbeCheck(state: .good, milliseconds: exchange.milliseconds)
        case .success(let response):
            let isWrong = subject.mustHaveHealth || response.status >= 500
            return ProbeCheck(
                state: isWrong ? .wrong : .notServed, milliseconds: exchange.milliseconds, says: answer(response))
        }
    }

    /// `initialize`, `notifications/initialized`, and the end of the session that this began.
    private func sessions() async -> ProbeCheck {
        let first = await exchange("POST", subject.location, Handshake.posting, Handshake.initialize)
        var check = greetingCheck(first) { $0.protocolVersion }
        guard check.state == .good, case .success(let response) = first.outcome, let revision = check.says else {
            return check
        }
        let session = response.header("mcp-session-id")
        let inSession = Handshake.inSession(session, revision)
        let second = await exchange(
            "POST", subject.location, Handshake.posting + inSession, Handshake.initialized)
        if let words = refusal(second, of: "notifications/initialized", besides: []) {
            check = ProbeCheck(state: .wrong, milliseconds: check.milliseconds, says: words)
        }
        guard session != nil else { return check }
        let last = await exchange("DELETE", subject.location, inSession)
        // A server may leave the end of sessions to itself (MCP 2025-11-25, Streamable HTTP, "Session Management").
        if let words = refusal(last, of: "DELETE", besides: [404, 405]), check.state == .good {
            check = ProbeCheck(state: .wrong, milliseconds: check.milliseconds, says: words)
        }
        return check
    }

    private func modern() async -> ProbeCheck {
        let exchange = await exchange("POST", subject.location, Handshake.discovering, Handshake.discover)
        return greetingCheck(exchange) { result in
            result.supportedVersions.map { $0.contains(Handshake.modern) ? Handshake.modern : $0.last ?? "" }
        }
    }

    /// The greeting of either era: good with the revision it names, or refused in words of the protocol.
    private func greetingCheck(
        _ exchange: Exchange,
        _ revision: (HandshakeReply.Outcome) -> String?
    ) -> ProbeCheck {
        let response: WebResponse
        switch exchange.outcome {
        case .failure(let failure): return ProbeCheck(state: .wrong, says: failure.words)
        case .success(let answered): response = answered
        }
        var check = ProbeCheck(state: .wrong, milliseconds: exchange.milliseconds, says: answer(response))
        let reply = HandshakeReply(response)
        switch response.status {
        case 200:
            if let result = reply?.result, let revision = revision(result) {
                check.state = .good
                check.says = revision
            } else if let error = reply?.error {
                check.state = .notServed
                check.says = "\(error.code): \(error.message)"
            } else {
                check.says = "answered 200 with something that is no answer to a handshake"
            }
        case 401, 403: check.state = .locked
        case 400, 404, 405, 406, 415: check.state = .notServed
        default: break
        }
        return check
    }

    /// Why an exchange is not good; nil where it is.
    private func refusal(_ exchange: Exchange, of what: String, besides good: [Int]) -> String? {
        switch exchange.outcome {
        case .failure(let failure): "\(what): \(failure.words)"
        case .success(let response) where (200..<300).contains(response.status) || good.contains(response.status): nil
        case .success(let response): "\(what): \(answer(response))"
        }
    }

    /// The status and the beginning of what came with it.
    private func answer(_ response: WebResponse) -> String {
        if let place = response.header("location"), (300..<400).contains(response.status) {
            return "answered \(response.status), to \(place.prefix(200))"
        }
        let lines = String(decoding: response.body.prefix(400), as: UTF8.self).split(whereSeparator: \.isNewline)
        let first = lines.first.map { ": \($0.prefix(200))" } ?? ""
        return "answered \(response.status)\(first)"
    }

    private func exchange(
        _ method: String,
        _ location: HTTPLocation,
        _ more: [WebRequest.Header],
        _ body: [UInt8] = [],
        isOpen: Bool = false
    ) async -> Exchange {
        let start = elapsed()
        let outcome = await web.send(
            WebRequest(
                method: method, url: location.description, headers: more + (isOpen ? [] : headers), body: body,
                limit: 1 << 20, timeout: Self.patience, allowsPlainHTTP: true, connectTo: subject.connectTo
            )
        )
        let time = (elapsed() - start).components
        let milliseconds = Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000)
        return Exchange(outcome: outcome, milliseconds: milliseconds)
    }
}
