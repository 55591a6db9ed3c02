import FleetModel
import Foundation
import Testing

@testable import TerraformDriver

@Suite struct TerraformVariablesTests {
    private func fleet(image: String = "\n  image: ghcr.io/my-org/my-mcp:1.0") throws -> Fleet {
        try FleetFile.parse(
            """
            project_name: my-mcp
            server:
              command: [python3, -m, my_server]\(image)
            defaults: { container_environment: { ZETA: "1", ALPHA: "2" } }
            regions: { eu-west-1: { desired_count: 3 }, us-east-1: {} }
            schedule: { enable_weekend_only: true, timezone: Europe/Berlin }
            domain: { enable_domain: true, domain_name: example.com }
            """
        )
    }

    @Test func `a region's variables are the recorded file`() throws {
        let fleet = try fleet()
        let json = try TerraformVariables(fleet, region: fleet.regions[0]).json
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/eu-west-1.tfvars.json")
        #expect(try String(contentsOf: fixture, encoding: .utf8) == json)
    }

    @Test func `the same fleet gives the same bytes`() throws {
        let texts = try (0..<20).map { _ in
            let fleet = try fleet()
            return try TerraformVariables(fleet, region: fleet.regions[0]).json
        }
        #expect(Set(texts).count == 1)
    }

    @Test func `the names are the original's without its secret, and those of the options`() throws {
        let fleet = try fleet()
        let names = Set(try TerraformVariables(fleet, region: fleet.regions[1]).valueByName.keys)
        let original: Set<String> = [
            "project_name", "environment", "aws_region", "vpc_cidr", "availability_zones", "subnet_cidrs",
            "container_image", "container_port", "cpu", "memory", "desired_count", "container_environment",
            "create_alb", "alb_port", "target_group_port", "health_check_path", "enable_service_discovery",
            "service_discovery_ttl", "service_discovery_failure_threshold", "enable_domain", "domain_name",
            "subdomain", "enable_ipv6", "api_key", "cluster_name", "enable_weekend_only",
            "destroy_albs_when_scaled_down", "weekend_hours_start", "weekend_hours_end",
        ]
        #expect(original.count == 29)
        let options: Set<String> = [
            "gateway_in_image", "gateway", "container_command", "secret", "certificate", "task", "private_subnets",
            "waf", "encryption", "monitoring", "weekend_days", "timezone",
        ]
        #expect(names == original.subtracting(["api_key"]).union(options))
    }

    @Test func `a fleet without an image is refused, and told where to name one`() throws {
        let fleet = try fleet(image: "")
        let problem = #expect(throws: Problem.self) { try TerraformVariables(fleet, region: fleet.regions[0]) }
        #expect(problem?.place == .region("eu-west-1"))
        #expect(problem?.hint == "name it in the fleet file, as image under server")
    }
}
