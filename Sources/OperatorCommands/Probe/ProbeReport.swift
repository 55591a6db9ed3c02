import FleetModel
import HTTPTransport

/// What was seen of one endpoint by one way.
struct ProbeReport: Encodable, Sendable {
    let via: String
    let url: String?
    var health = ProbeCheck.notAsked
    /// The handshake of the revisions with sessions: `initialize`, `notifications/initialized`, DELETE.
    var sessions = ProbeCheck.notAsked
    /// The handshake of 2026-07-28: `server/discover`.
    var modern = ProbeCheck.notAsked
    var certificateDays: Int?
    /// Why nobody was asked: the region sleeps by its schedule.
    var asleep: String?

    init(via: String, url: String? = nil) {
        self.via = via
        self.url = url
    }

    /// A certificate that ACM has not renewed by then needs a person.
    static let fewestDays = 14

    /// Everything that is wrong, in the order it was seen.
    func problems(_ subject: ProbeSubject) -> [Problem] {
        let place = subject.region.map { Problem.Place.region($0) }
        let address = subject.location.description
        let way = subject.connectTo.map { "\(address) by \($0)" } ?? address
        func problem(_ kind: Problem.Kind, _ summary: String, _ detail: String?, _ hint: String?) -> Problem {
            Problem(kind, at: place, summary, detail: detail, hint: hint)
        }
        var problems: [Problem] = []
        let checks = [("the health page of \(way)", health), ("initialize at \(way)", sessions)]
        for (what, check) in checks + [("server/discover at \(way)", modern)] where check.state == .wrong {
            problems.append(problem(.unavailable, "\(what) is wrong", check.says, subject.hint))
        }
        let eras = [sessions.state, modern.state]
        if eras == [.notServed, .notServed] {
            problems.append(
                problem(
                    .unavailable, "\(way) knows neither handshake of MCP",
                    [sessions.says, modern.says].compactMap { $0 }.joined(separator: "\n"),
                    "give the address of the MCP endpoint, such as https://mcp.example.com/mcp"
                )
            )
        } else if eras.contains(.locked), !eras.contains(.good) {
            problems.append(
                problem(
                    .refused, "\(way) asks for authorization", sessions.says,
                    "give the header with --header-file, or have it asked for with --authorization")
            )
        }
        if let certificateDays, certificateDays < Self.fewestDays {
            problems.append(
                problem(
                    .unavailable, "the certificate of \(way) ends in \(certificateDays) days", nil,
                    "see why it was not renewed: aws acm describe-certificate")
            )
        }
        return problems
    }
}
