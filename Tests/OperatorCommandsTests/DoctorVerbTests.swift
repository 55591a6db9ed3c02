import AWSOperations
import FleetModel
import Testing

@testable import OperatorCommands

/// `doctor`: its judgements, and the verb against answers of AWS's form; terraform/emulated has it before an apply.
@Suite struct DoctorVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], image: ghcr.io/o/i:1, secret_keys: [SLIPWAY_API_KEYS] }
        regions: { eu-west-1: {} }
        domain: { enable_domain: true, domain_name: example.com }
        """
    private static let good = #"{"terraform_version": "1.11.4"}"#

    private func doctor(
        _ words: [String],
        file: String = Self.file,
        program: @escaping @Sendable (String) -> ProgramAnswer = { $0 == "terraform" ? .answered(good) : .missing },
        aws answer: @escaping @Sendable (String) -> (Int, String) = { usual($0) }
    ) async -> (code: Int32, bench: Workbench, aws: AWSDouble) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        var effects = bench.effects
        let aws = AWSDouble { _, action in answer(action) }
        var surroundings = aws.surroundings
        surroundings.runProgram = { program($0[0]) }
        surroundings.now = { 1_790_000_000 }
        let signed = surroundings.web
        surroundings.web = WebClient { request in
            if request.url.hasPrefix("https://ghcr.io") {
                let index = #"{"manifests": [{"platform": {"architecture": "amd64", "os": "linux"}}]}"#
                return .success(WebResponse(status: 200, body: Array(index.utf8)))
            }
            guard !request.url.hasPrefix("https://route53") else {
                let (status, body) = answer("route53")
                return .success(WebResponse(status: status, body: Array(body.utf8)))
            }
            return await signed.send(request)
        }
        effects.aws = { [surroundings] in surroundings }
        return (await Root.run(arguments: ["doctor"] + words, effects: effects), bench, aws)
    }

    private static func usual(_ action: String) -> (Int, String) {
        switch action {
        case "GetCallerIdentity":
            (200, answered(action, "<Account>123</Account><Arn>arn:aws:sts::123:assumed-role/ops/me</Arn>"))
        case "SimulatePrincipalPolicy":
            (
                200,
                answered(
                    action,
                    "<EvaluationResults><member><EvalActionName>ec2:CreateVpc</EvalActionName>"
                        + "<EvalDecision>allowed</EvalDecision></member></EvaluationResults>")
            )
        case "route53":
            (
                200,
                "<R><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name><Config><PrivateZone>false"
                    + "</PrivateZone></Config></HostedZone></HostedZones></R>"
            )
        case "DescribeServices": (400, #"{"__type":"ClusterNotFoundException","message":"none"}"#)
        case "DescribeAvailabilityZones":
            (
                200,
                "<R><availabilityZoneInfo>"
                    + ["a", "b", "c"].map { "<item><zoneName>eu-west-1\($0)</zoneName></item>" }.joined()
                    + "</availabilityZoneInfo></R>"
            )
        case "DescribeVpcs": (200, "<R><vpcSet><item/><item/></vpcSet></R>")
        case "DescribeLoadBalancers": (200, answered(action, ""))
        case "GetServiceQuota": (200, #"{"Quota": {"Value": 5.0}}"#)
        case "ListCertificates": (200, #"{"CertificateSummaryList": []}"#)
        default: (400, #"{"__type":"AccessDeniedException","message":"no"}"#)
        }
    }

    private static func answered(_ action: String, _ xml: String) -> String {
        "<R><\(action)Result>\(xml)</\(action)Result></R>"
    }

    @Test func `before the first apply everything is looked at`() async {
        let (code, bench, _) = await doctor([])
        #expect(code == 0 && bench.err.isEmpty, "\(bench.out)\(bench.err)")
        #expect(
            bench.out == """
                this machine
                  ok       terraform 1.11.4
                  note     the AWS CLI is not here; slipway exec, and what is done by hand, need it
                           Fix: install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html
                  note     docker is not here; images are built elsewhere
                slipway.yaml
                  ok       names, networks, ports and hours are good: my-mcp in 1 region
                the account
                  ok       123, as arn:aws:sts::123:assumed-role/ops/me
                  ok       it may do the 27 kinds of calls that were asked for
                  ok       mcp.example.com goes into the zone Z1; see that the registrar names its name servers
                eu-west-1
                  ok       nothing is there yet
                  ok       it has the zones eu-west-1a, eu-west-1b, eu-west-1c
                  ok       VPCs of a region: 2 of 5
                  ok       application load balancers of a region: 0 of 5
                  ok       vCPUs of Fargate at once: up to 5, and this needs 4
                  ok       ghcr.io/o/i:1 is there, for amd64
                  ok       there is no certificate of mcp.example.com yet; Terraform asks for one
                  note     its secrets have no values yet, and tasks wait for them
                           Fix: after the apply: slipway secret set SLIPWAY_API_KEYS --restart
                0 problems, 0 warnings, 3 notes.

                """
        )
    }

    @Test(
        arguments: [
            ((404, "<Error><Code>NoSuchBucket</Code></Error>"), (404, ""), "problem  it is not there, and", 1),
            ((403, "<Error><Code>AccessDenied</Code></Error>"), (404, ""), "note     could not look at it: AWS", 0),
            (
                (200, "<L/>"), (404, "<Error><Code>NoSuchKey</Code></Error>"),
                "ok       it keeps the states, and nobody holds a lock", 0
            ),
            ((200, "<L/>"), (200, lock("2026-09-21T14:00:00.25Z")), "note     me@laptop holds the lock of", 0),
            ((200, "<L/>"), (200, lock("2026-09-21T12:00:00.25Z")), "warning  me@laptop holds the lock of", 0),
        ] as [((Int, String), (Int, String), String, Int32)])
    func `the states' bucket is there, and no dead run holds a lock in it`(
        _ listing: (Int, String), _ lock: (Int, String), _ finding: String, _ exit: Int32
    ) async {
        let file = Self.file + "\nstate: { bucket: b-1, bucket_region: us-east-1 }\n"
        let (code, bench, _) = await doctor(
            [], file: file,
            aws: { action in
                guard action.hasPrefix("https://s3.us-east-1.amazonaws.com/b-1") else { return Self.usual(action) }
                return action.hasSuffix("/b-1/my-mcp/dev/eu-west-1.tfstate.tflock") ? lock : listing
            })
        #expect(code == exit && bench.out.contains("the bucket b-1\n  \(finding)"), "\(bench.out)")
        let fixes = ["slipway state bootstrap b-1\n", "slipway state unlock 12-34 --region eu-west-1\n"]
        let isBad = finding.hasPrefix("problem") || finding.hasPrefix("warning")
        #expect(fixes.contains { bench.out.contains($0) } == isBad)
    }

    private static func lock(_ since: String) -> String {
        #"{"ID":"12-34","Operation":"OperationTypeApply","Created":"\#(since)","Who":"me@laptop"}"#
    }

    @Test func `offline nobody is asked`() async {
        let (code, bench, aws) = await doctor(["--offline"])
        #expect(code == 0 && bench.out.hasSuffix("0 problems, 0 warnings, 2 notes.\n"), "\(bench.out)")
        #expect(aws.bodies(of: "GetCallerIdentity").isEmpty)
    }

    @Test func `every problem of the file is a finding`() async {
        let (code, bench, _) = await doctor(["--offline"], file: "project_name: My\nserver: { command: [x] }\n")
        #expect(code == 1 && bench.err.isEmpty)
        #expect(bench.out.contains("  problem  line 1: project_name is not a name AWS allows: My."), "\(bench.out)")
        #expect(bench.out.contains("  problem  line 1: regions is missing") || bench.out.contains("regions is missing"))
    }

    @Test func `what may not be looked at is a note`() async {
        let (code, bench, _) = await doctor(
            [],
            aws: { action in
                action == "GetCallerIdentity"
                    ? Self.usual(action) : (400, #"{"__type":"AccessDeniedException","message":"no"}"#)
            })
        #expect(code == 0, "\(bench.out)")
        #expect(bench.out.contains("  note     could not look at VPCs of a region: AWS refused ec2:DescribeVpcs: "))
    }

    @Test func `who is not signed in is told once`() async {
        let (code, bench, aws) = await doctor([], aws: { _ in (403, #"{"__type":"ExpiredToken","message":"over"}"#) })
        #expect(code == 1 && aws.bodies(of: "DescribeVpcs").isEmpty)
        #expect(bench.out.contains("  problem  AWS refused sts:GetCallerIdentity"), "\(bench.out)")
    }

    @Test(
        arguments: [
            (.answered(#"{"terraform_version": "1.11.0"}"#), .ok),
            (.answered(#"{"terraform_version": "1.10.5"}"#), .problem),
            (.answered(#"{"terraform_version": "2.0.0-beta1"}"#), .ok), (.answered("hello"), .problem),
            (.missing, .problem), (.failed("x"), .problem), (.overdue(seconds: 60), .problem),
        ] as [(ProgramAnswer, Checkup.Verdict)])
    func `terraform is new enough, or a problem`(_ answer: ProgramAnswer, _ verdict: Checkup.Verdict) {
        #expect(MachineCheckups.judged(terraform: answer).verdict == verdict)
    }

    @Test(
        arguments: [
            ([:], .ok), (["ec2:CreateVpc": "implicitDeny"], .warning),
            (["ec2:CreateVpc": "implicitDeny", "iam:PassRole": "explicitDeny"], .problem),
        ] as [([String: String], Checkup.Verdict)])
    func `permissions are judged by who denies them`(_ refused: [String: String], _ verdict: Checkup.Verdict) {
        #expect(AccountCheckups.judged(permissions: refused).verdict == verdict)
    }

    @Test func `a zone is public, one, and of the name`() {
        let domain = Domain(isEnabled: true, name: "example.com", subdomain: "mcp", isIPv6Enabled: false)
        func verdict(_ zones: [HostedZone]) -> Checkup.Verdict {
            AccountCheckups.judged(zones: zones, of: domain).verdict
        }
        let open = HostedZone(id: "Z1", name: "example.com", isPrivate: false)
        #expect(
            verdict([open]) == .ok
                && verdict([open, HostedZone(id: "Z2", name: "example.com", isPrivate: true)]) == .ok)
        #expect(verdict([]) == .problem && verdict([open, open]) == .problem)
        #expect(verdict([HostedZone(id: "Z2", name: "example.com", isPrivate: true)]) == .problem)
        #expect(verdict([HostedZone(id: "Z2", name: "example.org", isPrivate: false)]) == .problem)
    }

    @Test(
        arguments: [
            ("arn:aws:iam::1:user/path/me", "arn:aws:iam::1:user/path/me"),
            ("arn:aws:sts::1:assumed-role/ops/me", "arn:aws:iam::1:role/ops"), ("arn:aws:iam::1:root", nil),
        ] as [(String, String?)])
    func `whose policies count is read from who signs`(_ arn: String, _ principal: String?) {
        #expect(CallerIdentity(account: "1", arn: arn).principal == principal)
    }

    private func regionCheckups(_ file: String = Self.file) throws -> RegionCheckups {
        let fleet = try FleetFile.parse(file, named: "f")
        return RegionCheckups(
            fleet: fleet, region: fleet.regions[0],
            client: AWSClient(
                region: "eu-west-1", credentials: Credentials(accessKeyID: "a", secretAccessKey: Secret("s")), .refusing
            ),
            now: 0)
    }

    @Test func `a quota that would be passed is a problem with the request`() throws {
        let region = try regionCheckups()
        #expect(region.judged(.networks, limit: 5, used: 5, needed: 0).verdict == .ok)
        let full = region.judged(.networks, limit: 5, used: 5, needed: 1)
        #expect(full.verdict == .problem && full.fix?.hasSuffix("--region eu-west-1 --desired-value 6") == true)
        #expect(region.judged(.processors, limit: 6, used: nil, needed: 8).verdict == .problem)
    }

    @Test func `a certificate is issued and good for long, or told`() throws {
        let region = try regionCheckups()
        func verdict(_ status: String, _ days: Int?) -> Checkup.Verdict {
            region.judged(certificates: [CertificateFact(arn: "a", status: status, daysLeft: days)]).verdict
        }
        #expect(region.judged(certificates: []).verdict == .ok && verdict("ISSUED", 60) == .ok)
        #expect(verdict("ISSUED", 3) == .problem && verdict("FAILED", nil) == .problem)
        #expect(verdict("PENDING_VALIDATION", nil) == .warning)
    }

    @Test(
        arguments: [
            ("server: { command: [x] }", "no image is named"),
            ("server: { command: [x], image: ghcr.io/o/i }", "is whatever was pushed last"),
            ("server: { command: [x], image: 'ghcr.io/o/i:latest' }", "is whatever was pushed last"),
            ("server: { url: 'http://127.0.0.1:9000/mcp', image: 'o/i:1' }", "has to start the gateway"),
            (
                "server: { command: [x], image: 'o/i:1' }\ndefaults: { container_environment: { SLIPWAY_PORT: '9' } }",
                "SLIPWAY_PORT 9"
            ),
            ("server: { command: [x], image: 'o/i:1' }", "everybody may connect"),
            (
                "server: { command: [x], image: 'o/i:1' }\n"
                    + "schedule: { enable_weekend_only: true, destroy_albs_when_scaled_down: true }\n"
                    + "domain: { enable_domain: true, domain_name: example.com }",
                "nobody is written to"
            ),
        ] as [(String, String)])
    func `what a file says and may surprise is told`(_ lines: String, _ words: String) throws {
        let fleet = try FleetFile.parse("project_name: p\nregions: { eu-west-1: {} }\n\(lines)\n", named: "f")
        let checks = FleetCheckups.all(fleet, in: "f", at: 1_790_000_000)
        let found = checks.first { $0.says.contains(words) }
        #expect(found != nil && found?.fix != nil && found?.verdict != .ok, "\(checks.map(\.says))")
    }

    @Test(
        arguments: [
            (.found(ImageContents(architectures: ["arm64", "amd64"])), .ok), (.absent("gone"), .problem),
            (.found(ImageContents(architectures: ["arm64"])), .problem),
            (.found(ImageContents(architectures: [])), .problem), (.unknown("private"), .note),
        ] as [(ImageFinding, Checkup.Verdict)])
    func `an image is there for the tasks' processor, or told`(
        _ finding: ImageFinding, _ verdict: Checkup.Verdict
    ) throws {
        #expect(try regionCheckups().judged("ghcr.io/o/i:1", finding).verdict == verdict)
    }

    @Test func `an image that starts its server without the gateway is told`() throws {
        let file = """
            project_name: p
            server: { url: 'http://127.0.0.1:9000/mcp', image: 'o/i:1' }
            regions: { eu-west-1: {} }
            """
        func verdict(_ command: [String]) throws -> Checkup.Verdict {
            let contents = ImageContents(architectures: ["amd64"], command: command)
            return try regionCheckups(file).judged("o/i:1", .found(contents)).verdict
        }
        #expect(try verdict(["python3", "-m", "server"]) == .warning)
        #expect(try verdict(["/bin/slipway-gateway", "--upstream", "x"]) == .ok)
    }
}
