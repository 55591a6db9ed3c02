import Testing

@testable import FleetModel

/// Names and blocks that AWS would refuse, and a schedule that would do nothing.
@Suite struct NamingProblemTests {
    @Test(arguments: [
        (
            "regions: { eu-west-1: {} }\ndomain: { enable_domain: true, domain_name: localhost }",
            "domain.domain_name is not a domain: localhost", "write a name such as example.com"
        ),
        (
            "regions: { eu-west-1: {} }\ndomain: { enable_domain: true, domain_name: example.com, subdomain: -mcp }",
            "domain.subdomain is not a name inside a domain: -mcp", "write the part before the domain only, such as mcp"
        ),
        (
            "regions: { eu-west-1: { cluster_name: my.cluster } }",
            "regions.eu-west-1.cluster_name is not a name ECS allows",
            "use letters, digits, - and _, at most 255 of them"
        ),
        (
            "regions: { eu-west-1: { vpc_cidr: 10.0.0.0/16, subnet_cidrs: [10.0.0.0/28, 10.0.1.0/24, 10.0.2.0/24] } }",
            "regions.eu-west-1.subnet_cidrs has 10.0.0.0/28, too small for a load balancer",
            "write a /27 or a larger block"
        ),
        (
            """
            regions: { eu-west-1: {} }
            schedule: { destroy_albs_when_scaled_down: true }
            domain: { enable_domain: true, domain_name: example.com }
            """,
            "schedule.destroy_albs_when_scaled_down does nothing, as the fleet never scales down",
            "write enable_weekend_only: true under schedule too, or remove this line"
        ),
    ])
    func `the whole answer is one problem with its remedy`(_ text: String, _ summary: String, _ hint: String) {
        let problems = judge("project_name: my-mcp\nserver: { command: [x] }\n\(text)\n")
        #expect(problems?.all.map(\.summary) == [summary])
        #expect(problems?.all.first?.hint == hint)
    }
}
