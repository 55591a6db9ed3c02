import Testing

@testable import FleetModel

@Suite struct FleetFileTests {
    private let full = """
        project_name: my-mcp
        environment: prod
        server:
          command: [python3, -m, my_server]
          image: ghcr.io/my-org/my-mcp:1.0
        defaults:
          cpu: 512
          memory: 2048
          container_environment: { LOG_LEVEL: info, PORT: 8000 }
        regions:
          us-east-1: { desired_count: 4, container_environment: { LOG_LEVEL: debug } }
          eu-west-1: { vpc_cidr: 10.99.0.0/20 }
        schedule: { enable_weekend_only: true, weekend_hours_end: 24, timezone: Europe/Berlin }
        domain: { enable_domain: true, domain_name: example.com }
        """

    @Test func `regions keep the order they are written in`() throws {
        let fleet = try FleetFile.parse(full)
        #expect(fleet.regions.map(\.name) == ["us-east-1", "eu-west-1"])
        #expect(fleet.projectName == "my-mcp")
        #expect(fleet.environment == "prod")
        #expect(fleet.server.transport == .stdio(command: ["python3", "-m", "my_server"]))
        #expect(fleet.server.image == "ghcr.io/my-org/my-mcp:1.0")
    }

    @Test func `a region's setting wins over defaults, and defaults over the standard`() throws {
        let fleet = try FleetFile.parse(full)
        #expect(fleet.regions.map(\.task.desiredCount) == [4, 2])
        #expect(fleet.regions.map(\.task.cpu) == [512, 512])
        #expect(fleet.regions.map(\.task.containerPort) == [8001, 8001])
    }

    @Test func `a region's environment replaces that of defaults name by name`() throws {
        let fleet = try FleetFile.parse(full)
        #expect(fleet.regions[0].task.environment == ["LOG_LEVEL": "debug", "PORT": "8000"])
        #expect(fleet.regions[1].task.environment == ["LOG_LEVEL": "info", "PORT": "8000"])
    }

    @Test func `subnets are cut from the VPC, one for each zone`() throws {
        let network = try #require(try FleetFile.parse(full).region(named: "eu-west-1")).network
        #expect(network.availabilityZones == ["eu-west-1a", "eu-west-1b", "eu-west-1c"])
        #expect(network.subnets.map(\.description) == ["10.99.0.0/24", "10.99.1.0/24", "10.99.2.0/24"])
    }

    @Test func `the schedule and the domain are filled in`() throws {
        let fleet = try FleetFile.parse(full)
        #expect(
            fleet.schedule
                == Schedule(
                    isWeekendOnly: true, destroysLoadBalancers: false, startHour: 6, endHour: 24,
                    timezone: "Europe/Berlin"
                )
        )
        #expect(fleet.state == .files)
        #expect(fleet.domain == Domain(isEnabled: true, name: "example.com", subdomain: "mcp", isIPv6Enabled: false))
    }

    @Test func `the smallest file is three settings, and a region added later moves no network`() throws {
        func vpcs(_ regions: String) throws -> [String: CIDRBlock] {
            let text = "project_name: a\nserver: { command: [x] }\nregions: { \(regions) }\n"
            let regions = try FleetFile.parse(text).regions
            return Dictionary(uniqueKeysWithValues: regions.map { ($0.name, $0.network.vpc) })
        }
        let before = try vpcs("us-east-1: {}")
        let after = try vpcs("eu-west-1: {}, us-east-1: {}")
        #expect(before["us-east-1"] == after["us-east-1"])
        #expect(after["eu-west-1"] != after["us-east-1"])
    }

    @Test func `the target group and the cluster take their standards from other settings`() throws {
        let region = try FleetFile.parse(full).regions[0]
        #expect(region.loadBalancer.targetGroupPort == 8001)
        #expect(region.clusterName == "my-mcp-prod-us-east-1-cluster")
    }

    @Test func `a cluster and its load balancer differ in their last word only`() {
        let names = ResourceNames(projectName: "my-mcp", environment: "dev", region: "eu-west-1")
        #expect(names.cluster.replacing("cluster", with: "alb") == names.loadBalancer)
    }
}
