import Testing

@testable import FleetModel

/// What Terraform would refuse is refused here, with the line it stands on.
@Suite struct OptionProblemTests {
    private static let server = "server: { command: [x] }"

    @Test(arguments: [
        ("architecture: ARM", "defaults.architecture is ARM, which is no choice", "did you mean ARM64?"),
        ("architecture: x86_64", "defaults.architecture is x86_64, which is no choice", "did you mean X86_64?"),
        ("spot_percent: 101", "defaults.spot_percent is 101, outside 0 to 100", "write a whole number from 0 to 100"),
        (
            "max_count: 1", "defaults.max_count is 1, below desired_count, which is 2",
            "write 2 or more, or remove the line to have no autoscaling"
        ),
        (
            "private_subnets: public", "defaults.private_subnets is public, which is no choice",
            "write one of none, nat, endpoints"
        ),
        (
            "allowed_cidrs: [203.0.113.7/24]", "defaults.allowed_cidrs has bits set beyond its prefix: 203.0.113.7/24",
            "write 203.0.113.0/24"
        ),
        (
            "allowed_cidrs: [\"2001:db8::\"]", "defaults.allowed_cidrs has 2001:db8::, not a block of addresses",
            "write one such as 2001:db8::/32"
        ),
        ("log_retention_days: 8", "defaults.log_retention_days is 8, a time CloudWatch does not have", "write 14"),
        (
            "enable_alarms: true, alarm_email: ops", "defaults.alarm_email is not an address: ops",
            "write one such as ops@example.com"
        ),
        (
            "enable_waf: true, create_alb: false", "defaults.enable_waf needs a load balancer to stand in front of",
            "set create_alb too"
        ),
        (
            "health_check_path: /up", "defaults.health_check_path is not where the gateway says how it is",
            "write /health, or remove the line"
        ),
        (
            "enable_service_discovery: false",
            "defaults.enable_service_discovery is off, and the gateways would not find each other",
            "write true, or remove the line"
        ),
        (
            "service_discovery_failure_threshold: 2",
            "defaults.service_discovery_failure_threshold is 2, and not 1", "write 1"
        ),
        (
            "service_discovery_ttl: 0", "defaults.service_discovery_ttl is 0, outside 1 to 3600",
            "write a whole number from 1 to 3600"
        ),
        (
            "container_environment: { SLIPWAY_API_KEYS: x }",
            "defaults.container_environment.SLIPWAY_API_KEYS is a secret, and this file is meant to be committed",
            "remove the line; for a local run set it in the environment or in the git-ignored slipway.env; on AWS it "
                + "belongs in Secrets Manager"
        ),
    ])
    func `a region's options are judged`(_ setting: String, _ summary: String, _ hint: String) {
        let problems = judge("project_name: a\n\(Self.server)\ndefaults: { \(setting) }\nregions: { eu-west-1: {} }")
        #expect(problems?.all.map(\.summary) == [summary])
        #expect(problems?.all.first?.hint == hint)
    }

    @Test(arguments: [
        (
            "command: [x], gateway_image: g", "server.gateway_image needs a server that speaks HTTP",
            "build the gateway into image and remove this line, or add url"
        ),
        (
            "command: [x], gateway_image: \"a b\", url: \"http://127.0.0.1:9\"",
            "server.gateway_image is not the name of an image: a b",
            "write registry/name:tag without a scheme, such as ghcr.io/my-org/my-mcp:1.0"
        ),
        (
            "command: [x], secret_keys: [A-B]", "server.secret_keys has A-B, not a name for an environment variable",
            "use letters, digits and _ only, and do not start with a digit"
        ),
        (
            "command: [x], secret_keys: [SLIPWAY_IDLE]",
            "server.secret_keys has SLIPWAY_IDLE, which is no secret of the gateway's",
            "the gateway has SLIPWAY_API_KEYS and SLIPWAY_UPSTREAM_AUTHORIZATION; others are for container_environment"
        ),
        ("command: [x], secret_keys: [A, A]", "server.secret_keys has A twice", "name each key once"),
        (
            "command: [x], secret_keys: [LEVEL]", "server.secret_keys has LEVEL, which container_environment has too",
            "keep it in one of the two: a secret here, anything else there"
        ),
    ])
    func `a server's container is judged`(_ setting: String, _ summary: String, _ hint: String) {
        let problems = judge(
            """
            project_name: a
            server: { \(setting) }
            defaults: { container_environment: { LEVEL: info } }
            regions: { eu-west-1: {}, us-east-1: {} }
            """
        )
        #expect(problems?.all.map(\.summary) == [summary])
        #expect(problems?.all.first?.hint == hint)
    }

    @Test(arguments: [
        ("schedule: { weekend_days: [Saturday] }", "schedule.weekend_days has Saturday, not a day", "write SAT"),
        ("schedule: { weekend_days: [SAT, SAT] }", "schedule.weekend_days has SAT twice", "name each day once"),
        (
            "domain: { hosted_zone_id: example.com }", "domain.hosted_zone_id is not the id of a zone: example.com",
            "write one such as Z0123456789ABCDEFGHIJ"
        ),
        (
            "state: { bucket: My_States }", "state.bucket is not the name of a bucket: My_States",
            "write 3 to 63 small letters, digits and inner hyphens, such as my-org-terraform-state"
        ),
        (
            "state: { bucket: my-states, bucket_region: eu-wset-1 }",
            "state.bucket_region is not a region of AWS: eu-wset-1", "did you mean eu-west-1?"
        ),
        ("environment: a-very-long-environment", "environment has 23 characters", "write 20 at most"),
    ])
    func `schedule, domain and names are judged`(_ line: String, _ summary: String, _ hint: String) {
        let problems = judge(
            "project_name: a\n\(Self.server)\ndefaults: { create_alb: false }\nregions: { eu-west-1: {} }\n\(line)"
        )
        #expect(problems?.all.map(\.summary) == [summary])
        #expect(problems?.all.first?.hint == hint)
    }

    @Test func `HTTPS keeps its port, and endpoints reach ECR of one region only`() {
        let text = """
            project_name: a
            server: { command: [x], image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1 }
            defaults: { alb_port: 443, private_subnets: endpoints }
            regions: { eu-west-1: {}, us-east-1: {} }
            domain: { enable_domain: true, domain_name: example.com }
            """
        #expect(
            judge(text)?.all.map(\.summary) == [
                "server.image can't be fetched in us-east-1 through endpoints",
                "defaults.alb_port is 443, where the domain's HTTPS listens",
            ]
        )
    }
}
