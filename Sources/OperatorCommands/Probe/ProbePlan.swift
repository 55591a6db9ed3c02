import AWSOperations
import FleetModel
import HTTPTransport

/// Which endpoints of a fleet are looked at, and which need not be.
struct ProbePlan: Sendable {
    private(set) var subjects: [ProbeSubject] = []
    /// The regions that sleep as they should.
    private(set) var asleep: [ProbeReport] = []
    /// What is wrong before anybody was asked.
    private(set) var problems: [Problem] = []

    /// How long a region may take to wake, in seconds.
    static let waking = 900

    /// A single endpoint, of whomever.
    init(endpoint location: HTTPLocation) {
        subjects = [
            ProbeSubject(
                via: location.authority, region: nil, location: location, healthPath: "/health",
                mustHaveHealth: false, hint: nil
            )
        ]
    }

    /// The domain, and each region that should answer.
    init(_ fleet: Fleet, _ regions: [Region], _ outcomes: [RegionOutcome<RegionStatus>], now: Int) {
        for (region, outcome) in zip(regions, outcomes) {
            switch outcome.result {
            case .success(let status): add(region, status, of: fleet, now: now)
            case .failure(let problem): problems.append(problem)
            }
        }
        guard fleet.domain.isEnabled, let first = regions.first, !subjects.isEmpty || asleep.isEmpty else { return }
        subjects.insert(
            contentsOf: Self.subject(fleet, first, via: fleet.domain.host, region: nil, host: nil).map { [$0] } ?? [],
            at: 0
        )
    }

    private mutating func add(_ region: Region, _ status: RegionStatus, of fleet: Fleet, now: Int) {
        func wrong(_ summary: String, _ hint: String, detail: String? = nil) {
            problems.append(Problem(.unavailable, at: .region(region.name), summary, detail: detail, hint: hint))
        }
        switch status.state {
        case .absent:
            wrong("there is no service", "apply the region, or leave it out with --region")
        case .asleep:
            guard let words = Self.sleep(fleet.schedule, status, now: now) else {
                let hint = "see what holds it: slipway why --region \(region.name)"
                return wrong("no tasks run, and none are wanted", hint, detail: "No schedule says so at this hour.")
            }
            var report = ProbeReport(via: region.name)
            report.asleep = words
            asleep.append(report)
        case .deploying, .failed, .short, .running:
            guard region.loadBalancer.isCreated else {
                return wrong("it has no load balancer to come in by", "set create_alb, or leave it out with --region")
            }
            guard let host = status.balancer,
                let subject = Self.subject(fleet, region, via: region.name, region: region.name, host: host)
            else { return wrong("its load balancer is not there", "slipway why --region \(region.name)") }
            subjects.append(subject)
        }
    }

    /// Why a region may be asleep; nil where it should be awake.
    private static func sleep(_ schedule: Schedule, _ status: RegionStatus, now: Int) -> String? {
        guard schedule.isWeekendOnly else { return nil }
        guard !status.isSchedulePaused else { return "nothing runs, and the schedule is paused" }
        guard schedule.isOpen(at: now) != false, schedule.isOpen(at: now - waking) != false else {
            return "outside of its hours: \(schedule.hoursInWords)"
        }
        return nil
    }

    private static func subject(
        _ fleet: Fleet,
        _ region: Region,
        via: String,
        region name: String?,
        host: String?
    ) -> ProbeSubject? {
        let port = region.loadBalancer.port == 80 ? "" : ":\(region.loadBalancer.port)"
        let origin = fleet.domain.isEnabled ? "https://\(fleet.domain.host)" : "http://\(host ?? "")\(port)"
        let path = region.task.environment["SLIPWAY_PATH"] ?? "/mcp"
        return HTTPLocation(origin + path).map {
            ProbeSubject(
                via: via, region: name, location: $0, healthPath: region.loadBalancer.healthCheckPath,
                mustHaveHealth: true, connectTo: fleet.domain.isEnabled ? host : nil,
                hint: "slipway why" + (name.map { " --region \($0)" } ?? "")
            )
        }
    }
}
