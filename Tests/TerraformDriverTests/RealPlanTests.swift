import Foundation
import Testing

@testable import FleetModel
@testable import TerraformDriver

/// What the fleet file says arrives in the plan of the real Terraform, and nothing is sent that it does not know.
///
/// Needs no account and no network beyond what `terraform init` needs to have its provider.
@Suite(.serialized, .enabled(if: RealTerraform.program != nil, "terraform is not installed"))
struct RealPlanTests {
    static let rich = """
        project_name: my-mcp
        environment: prod
        server:
          url: http://127.0.0.1:9000/tools/mcp
          command: [python3, -m, my_server, --port, "9000"]
          image: ghcr.io/my-org/my-mcp:1.0
          gateway_image: ghcr.io/my-org/slipway-gateway:1.0
          secret_keys: [OTHER_KEY, SLIPWAY_API_KEYS]
        defaults:
          cpu: 512
          memory: 2048
          architecture: ARM64
          desired_count: 3
          max_count: 6
          spot_percent: 50
          container_port: 8100
          container_environment: { LOG_LEVEL: info, SLIPWAY_IDLE: 600 }
          create_alb: true
          alb_port: 8080
          target_group_port: 8200
          health_check_path: /health
          enable_service_discovery: true
          service_discovery_ttl: 20
          service_discovery_failure_threshold: 1
          cluster_name: my-cluster
          allowed_cidrs: [203.0.113.0/24, 2001:db8::/32]
          enable_waf: true
          enable_encryption: true
          enable_alarms: true
          alarm_email: ops@example.com
          enable_dashboard: true
          enable_container_insights: true
          log_retention_days: 30
          enable_execute_command: true
        regions:
          eu-west-1:
            vpc_cidr: 10.99.0.0/20
            availability_zones: [eu-west-1b, eu-west-1c]
            subnet_cidrs: [10.99.0.0/24, 10.99.1.0/24]
            private_subnets: nat
          us-east-1: { create_alb: false, enable_waf: false, desired_count: 1, max_count: 1 }
        schedule:
          enable_weekend_only: true
          destroy_albs_when_scaled_down: true
          weekend_hours_start: 7
          weekend_hours_end: 23
          weekend_days: [SUN, FRI]
          timezone: Europe/Berlin
        domain:
          enable_domain: true
          domain_name: example.com
          subdomain: tools
          hosted_zone_id: Z0123456789ABC
          enable_ipv6: true
        state: { bucket: my-org-terraform-state, bucket_region: eu-west-2 }
        """

    @Test func `the rich file uses every setting there is`() {
        for key in SettingKey.allCases {
            #expect(Self.rich.contains("\(key.rawValue):"), "\(key.rawValue) is missing")
        }
    }

    @Test func `every variable of a rich fleet is taken, and shows in the plan`() throws {
        let fleet = try FleetFile.parse(Self.rich)
        let terraform = try RealTerraform()
        var first: [String: Any] = [:]
        for region in fleet.regions {
            let variables = try TerraformVariables(fleet, region: region)
            let (plan, diagnostics) = try terraform.plan(variables.json)
            #expect(diagnostics == [])
            if first.isEmpty { first = plan }
            let taken = try #require(plan["variables"] as? [String: [String: Any]])
            let sent = try #require(JSONSerialization.jsonObject(with: Data(variables.json.utf8)) as? [String: Any])
            for (name, value) in sent {
                let arrived = taken[name]?["value"] ?? NSNull()
                #expect(isWithin(value, arrived), "\(region.name): \(name) was \(value) and arrived as \(arrived)")
            }
            #expect(try costs(in: plan) == costs(of: fleet, region))
        }
        let group = try #require(resource("aws_lb_target_group.main", in: first)["name"] as? String)
        #expect(group.hasPrefix("my-mcp-prod-eu-west-1-tg-") && group.count == "my-mcp-prod-eu-west-1-tg-".count + 4)
        #expect(resource("aws_ecs_task_definition.main", in: first)["cpu"] as? String == "512")
        #expect(
            resource("aws_route53_record.certificate_validation[0]", in: first)["zone_id"] as? String
                == "Z0123456789ABC")
    }

    @Test func `a stdio server is started by the gateway in its image`() throws {
        let fleet = try FleetFile.parse(
            """
            project_name: my-mcp
            server: { command: [python3, -m, my_server], image: "my-org/my-mcp:1" }
            regions: { eu-west-1: {} }
            """
        )
        let variables = try TerraformVariables(fleet, region: fleet.regions[0])
        let (plan, diagnostics) = try RealTerraform().plan(variables.json)
        #expect(diagnostics == [])
        #expect(!addresses(in: plan).contains { $0.hasPrefix("aws_secretsmanager_secret.api_key") })
        #expect(addresses(in: plan).contains("aws_secretsmanager_secret.fleet_key[0]"))
        let sent = try #require(plan["variables"] as? [String: [String: Any]])
        #expect(
            sent["container_command"]?["value"] as? [String] == ["slipway-gateway", "--", "python3", "-m", "my_server"]
        )
        #expect(sent["gateway_in_image"]?["value"] as? Bool == true)
        #expect(
            try costs(in: plan) == [
                "always": "116.72", "weekend_keeping_alb": "47.16", "weekend_destroying_alb": "23.39",
            ])
        #expect(try costs(in: plan) == costs(of: fleet, fleet.regions[0]))
    }

    /// What Terraform's output says that the region costs.
    private func costs(in plan: [String: Any]) throws -> [String: String] {
        let outputs = (plan["planned_values"] as? [String: Any])?["outputs"] as? [String: [String: Any]]
        let analysis = outputs?["weekend_mode_cost_analysis"]?["value"] as? [String: Any]
        let sums = try #require(analysis?["usd_per_month"] as? [String: NSNumber])
        return sums.mapValues { String(format: "%.2f", $0.doubleValue) }
    }

    /// What `slipway cost` says.
    private func costs(of fleet: Fleet, _ region: Region) throws -> [String: String] {
        let total = try RegionBill(RegionNeeds(fleet, region), book: .builtIn).total
        return Dictionary(uniqueKeysWithValues: CostMode.allCases.map { ($0.rawValue, total[$0].text) })
    }

    @Test func `a variable that Terraform does not know would be noticed`() throws {
        let (_, diagnostics) = try RealTerraform().plan(
            #"{"project_name": "a", "container_image": "a:1", "desired_cuont": 2}"#)
        #expect(diagnostics.contains { $0.hasPrefix("warning: Value for undeclared variable") })
    }

    private func addresses(in plan: [String: Any]) -> [String] {
        let changes = plan["resource_changes"] as? [[String: Any]] ?? []
        return changes.compactMap { $0["address"] as? String }
    }

    private func resource(_ address: String, in plan: [String: Any]) -> [String: Any] {
        let changes = plan["resource_changes"] as? [[String: Any]] ?? []
        let change = changes.first { $0["address"] as? String == address }?["change"] as? [String: Any]
        return change?["after"] as? [String: Any] ?? [:]
    }

    /// Whether everything that was sent is there: Terraform fills in the attributes that were left out.
    private func isWithin(_ sent: Any, _ arrived: Any) -> Bool {
        if let sent = sent as? [String: Any], let arrived = arrived as? [String: Any] {
            return sent.allSatisfy { name, value in arrived[name].map { isWithin(value, $0) } ?? false }
        }
        if let sent = sent as? [Any], let arrived = arrived as? [Any] {
            return sent.count == arrived.count && zip(sent, arrived).allSatisfy(isWithin)
        }
        return (sent as? NSObject)?.isEqual(arrived) ?? false
    }
}
