import FleetModel
import Testing

@testable import AWSOperations

/// The table that explains a region, row by row: what is known, and what it must say.
@Suite struct DiagnosisTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let cause: String
        let fix: String
        let change: @Sendable (inout RegionFacts) -> Void

        init(_ cause: String, fix: String, _ change: @escaping @Sendable (inout RegionFacts) -> Void) {
            self.cause = cause
            self.fix = fix
            self.change = change
        }

        var testDescription: String { cause }
    }

    /// A region of two tasks, of which none runs.
    static var short: RegionFacts {
        var status = RegionStatus(region: "eu-west-1")
        status.state = .short
        status.desired = 2
        status.balancer = "alb.example"
        var facts = RegionFacts(status)
        facts.containerPort = 8001
        facts.healthPath = "/health"
        facts.image = "ghcr.io/o/i:1"
        facts.architecture = "ARM64"
        facts.memory = 512
        return facts
    }

    private static func stopped(_ reason: String, code: String = "TaskFailedToStart") -> EndedTask {
        var task = EndedTask(id: "0123456789abcdef")
        task.stopCode = code
        task.reason = reason
        return task
    }

    private static func stop(_ cause: String, _ reason: String, fix: String, code: String = "TaskFailedToStart") -> Row
    {
        Row(cause, fix: fix) { $0.stopped = [stopped(reason, code: code)] }
    }

    private static func target(_ cause: String, _ reason: String, fix: String) -> Row {
        Row(cause, fix: fix) { $0.targets = [TargetFact(id: "10.0.0.1", state: "unhealthy", reason: reason)] }
    }

    private static func event(_ cause: String, _ words: String, fix: String) -> Row {
        Row(cause, fix: fix) { $0.events = ["(service x) started 1 task.", words] }
    }

    private static func rules(in isIn: Bool, out: Bool, world: Bool) -> RuleFacts {
        RuleFacts(
            balancerGroups: ["sg-edge"], taskGroups: ["sg-task"], letsBalancerIn: isIn, letsBalancerOut: out,
            letsTasksOut: world)
    }

    static let whole: [Row] = [
        Row("Nothing runs here", fix: "slipway apply --region eu-west-1") { $0.status.state = .absent },
        Row("It sleeps by its schedule", fix: "wait for its hours") { facts in
            facts.status.state = .asleep
            facts.schedule = ScheduleFacts(hours: "Sundays", isOpen: false)
        },
        Row("The schedule is paused", fix: "slipway schedule resume --region eu-west-1") { facts in
            facts.status.state = .asleep
            facts.status.isSchedulePaused = true
            facts.schedule = ScheduleFacts(hours: "Sundays", isOpen: true)
        },
        Row("The schedule did not wake it", fix: "slipway schedule up") { facts in
            facts.status.state = .asleep
            facts.schedule = ScheduleFacts(hours: "Sundays", isOpen: true)
        },
        Row("No tasks are wanted", fix: "slipway scale 2") { $0.status.state = .asleep },
    ]

    static let start: [Row] = [
        Row("The secret has no value for API_KEY", fix: "slipway secret set API_KEY --region eu-west-1 --restart") {
            var secrets = SecretFacts()
            secrets.missingKeys = ["API_KEY"]
            $0.secrets = secrets
        },
        Row("The gateways have no key", fix: "slipway secret set --fleet-key --restart") {
            var secrets = SecretFacts()
            secrets.isFleetKeyMissing = true
            $0.secrets = secrets
        },
        Row("The secret holds something that is not", fix: "put-secret-value") {
            var secrets = SecretFacts()
            secrets.isUnreadable = true
            $0.secrets = secrets
        },
        stop(
            "The image is not made for",
            "CannotPullContainerError: image Manifest does not contain descriptor matching "
                + "platform 'linux/arm64'", fix: "build ghcr.io/o/i:1 for ARM64"),
        stop("The registry gives no more", "CannotPullContainerError: toomanyrequests: rate limit", fix: "into ECR"),
        stop("The registry does not let", "CannotPullContainerError: pull access denied for x", fix: "make ghcr.io"),
        stop("There is no such image", "CannotPullContainerError: ghcr.io/o/i:1: not found", fix: "push ghcr.io/o/i:1"),
        stop("The tasks don't reach the registry", "CannotPullContainerError: i/o timeout", fix: "private_subnets"),
        stop(
            "The secret lacks a key",
            "ResourceInitializationError: retrieved secret from Secrets Manager did not "
                + "contain json key OTHER", fix: "slipway secret status"),
        stop(
            "The tasks' role may not read", "ResourceInitializationError: AccessDeniedException: is not authorized",
            fix: "slipway apply"),
        stop(
            "The secret has no value yet",
            "ResourceInitializationError: Secrets Manager can't find the specified "
                + "secret value for staging label: AWSCURRENT", fix: "slipway secret status"),
        stop(
            "The log group is not there", "ResourceInitializationError: failed to validate logger args", fix: "apply"),
        stop(
            "The tasks don't reach Secrets Manager", "ResourceInitializationError: unable to pull secrets: timeout",
            fix: "private_subnets is none"),
        Row("The server uses more memory", fix: "write memory: 1024 for eu-west-1") { facts in
            var task = stopped("Essential container in task exited", code: "EssentialContainerExited")
            task.containers = [.init(name: "server", exitCode: 137, reason: "OutOfMemoryError: killed")]
            facts.stopped = [task]
        },
        stop(
            "The image has no such program",
            "CannotStartContainerError: exec: \"x\": executable file not found in $PATH",
            fix: "correct command"),
        stop("Spot capacity was taken back", "Your Spot Task was interrupted.", fix: "spot", code: "SpotInterruption"),
        stop("AWS has no room", "Capacity is unavailable at this time.", fix: "wait"),
        Row("The image is not made for", fix: "for ARM64") { facts in
            var task = stopped("Essential container in task exited", code: "EssentialContainerExited")
            task.lastLines = ["exec /server: exec format error"]
            facts.stopped = [task]
        },
        Row("The server ends by itself", fix: "slipway logs --since 2h --region eu-west-1") { facts in
            var task = stopped("Essential container in task exited", code: "EssentialContainerExited")
            task.containers = [.init(name: "server", exitCode: 1)]
            task.lastLines = ["ImportError: no module named x"]
            facts.stopped = [task]
        },
    ]

    static let edge: [Row] = [
        Row("The tasks' security group lets nothing out", fix: "slipway apply") {
            $0.rules = rules(in: true, out: true, world: false)
        },
        Row("The tasks' security group does not let the load balancer in on port 8001", fix: "slipway apply") {
            $0.rules = rules(in: false, out: true, world: true)
            $0.targets = [TargetFact(id: "10.0.0.1", state: "unhealthy", reason: "Target.Timeout")]
        },
        Row("The load balancer's security group does not let it out", fix: "slipway apply") {
            $0.rules = rules(in: true, out: false, world: true)
        },
        Row("The load balancer is not there", fix: "slipway apply") { $0.status.balancer = nil },
        target("/health does not answer 200", "Target.ResponseCodeMismatch", fix: "slipway logs"),
        target("/health does not answer in time on port 8001", "Target.Timeout", fix: "slipway logs"),
        target("Nothing good answers on port 8001", "Target.FailedHealthChecks", fix: "container_port"),
        Row("The tasks were just started", fix: "wait a minute") {
            $0.targets = [TargetFact(id: "10.0.0.1", state: "initial", reason: "Elb.InitialHealthChecking")]
        },
    ]

    static let service: [Row] = [
        event(
            "The account may not run so many processors",
            "was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run "
                + "concurrently.", fix: "service-quotas"),
        event("ECS may not take the roles", "ECS was unable to assume the role 'x'", fix: "slipway apply"),
        event("The subnets have no free addresses", "has insufficient free addresses", fix: "vpc_cidr"),
        event(
            "AWS has no room", "was unable to place a task. Reason: Capacity is unavailable at this time.", fix: "wait"),
        Row("The last deployment did not come up", fix: "deploy again") { $0.status.state = .failed },
        Row("A deployment is under way", fix: "slipway status") { $0.status.state = .deploying },
        Row("It is not as it should be, and nothing that is known", fix: "slipway logs") { $0.events = ["odd"] },
    ]

    @Test(arguments: whole + start + edge + service)
    func `what is known is explained`(_ row: Row) throws {
        var facts = Self.short
        row.change(&facts)
        let found = Diagnosis.all(of: facts)
        let first = try #require(found.first)
        #expect(found.count == 1, "\(found.map(\.cause))")
        #expect(first.cause.hasPrefix(row.cause) && first.fix.contains(row.fix), "\(first)")
        #expect(first.evidence.allSatisfy { !$0.isEmpty })
    }

    @Test func `time alone heals what is no fault`() {
        let noFaults = ["It sleeps by", "The tasks were just", "A deployment is under"]
        for row in Self.whole + Self.start + Self.edge + Self.service {
            var facts = Self.short
            row.change(&facts)
            let isWaiting = noFaults.contains { row.cause.hasPrefix($0) }
            #expect(Diagnosis.all(of: facts).allSatisfy { $0.isFault == !isWaiting }, "\(row.cause)")
        }
    }

    @Test func `several causes come in the order of their likelihood`() {
        var facts = Self.short
        for row in (Self.service + Self.edge + Self.start).reversed()
        where row.cause.hasPrefix("The secret has no value for")
            || row.cause.hasPrefix("/health does not answer 200") || row.cause.hasPrefix("ECS may not")
        { row.change(&facts) }
        #expect(Diagnosis.all(of: facts).map { $0.cause.prefix(7) } == ["The sec", "/health", "ECS may"])
    }

    @Test func `a region that runs as it should is not explained, but for what keeps the next task from starting`() {
        var facts = Self.short
        facts.status.state = .running
        facts.stopped = [Self.stopped("OutOfMemoryError")]
        #expect(Diagnosis.all(of: facts).isEmpty)
        var secrets = SecretFacts()
        secrets.missingKeys = ["A", "B"]
        facts.secrets = secrets
        #expect(Diagnosis.all(of: facts).map(\.cause) == ["The secret has no value for A, B"])
    }

    @Test func `a task of the narrower row is not told by the wider one too`() {
        var facts = Self.short
        facts.stopped = [
            Self.stopped("CannotPullContainerError: not found"), Self.stopped("CannotPullContainerError: eof"),
        ]
        #expect(Diagnosis.all(of: facts).map { $0.cause.prefix(12) } == ["There is no ", "The tasks do"])
    }

    @Test(
        arguments: [
            ("tcp", 8001, 8001, ["sg-edge"], [], true), ("tcp", 8000, 9000, ["sg-edge"], [], true),
            ("-1", 0, 0, ["sg-edge"], [], true), ("tcp", 443, 443, ["sg-edge"], [], false),
            ("tcp", 8001, 8001, ["sg-other"], [], false), ("udp", 8001, 8001, ["sg-edge"], [], false),
            ("tcp", 8001, 8001, [], ["0.0.0.0/0"], true), ("tcp", 8001, 8001, [], ["10.10.0.0/20"], true),
            ("tcp", 8001, 8001, [], ["203.0.113.0/24"], false),
        ] as [(String, Int, Int, [String], [String], Bool)])
    func `a rule lets the balancer in, or does not`(
        _ wire: String, _ from: Int, _ to: Int, _ groups: [String], _ blocks: [String], _ isOpen: Bool
    ) throws {
        let xml = """
            <R><securityGroupInfo><item><groupId>sg-task</groupId><ipPermissions><item><ipProtocol>\(wire)</ipProtocol>
            <fromPort>\(from)</fromPort><toPort>\(to)</toPort>
            <groups>\(groups.map { "<item><groupId>\($0)</groupId></item>" }.joined())</groups>
            <ipRanges>\(blocks.map { "<item><cidrIp>\($0)</cidrIp></item>" }.joined())</ipRanges>
            </item></ipPermissions></item></securityGroupInfo></R>
            """
        let element = try #require(XMLElement(xml))
        let facts = RuleFacts(
            element.items("securityGroupInfo").map(SecurityGroup.init), balancer: ["sg-edge"], tasks: ["sg-task"],
            port: 8001, network: try CIDRBlock(parsing: "10.10.0.0/16"))
        #expect(facts.letsBalancerIn == isOpen && !facts.letsBalancerOut && !facts.letsTasksOut)
    }
}
