import FleetModel
import Foundation

/// One region's variables for `terraform/region`, by the names its `variables.tf` gives them.
///
/// There is no secret among them: Terraform makes the place a secret is kept in and never sees its value.
package struct TerraformVariables: Equatable, Sendable {
    package let valueByName: [String: TerraformValue]

    /// Refuses a fleet that names no image, as a region cannot run without one.
    package init(_ fleet: Fleet, region: Region) throws(Problem) {
        guard let image = fleet.server.image else {
            throw Problem(
                .missingKey,
                at: .region(region.name),
                "there is no container image to run",
                detail: "A laptop runs the server as a program; AWS runs it from an image.",
                hint: "name it in the fleet file, as image under server"
            )
        }
        let parts = [
            Self.placing(fleet, region), Self.naming(fleet, region), Self.running(region),
            Self.timing(fleet, region), Self.container(fleet.server, region, image: image), Self.options(region),
        ]
        valueByName = parts.reduce([:]) { $0.merging($1) { first, _ in first } }
    }

    /// The contents of a `.tfvars.json` file: the same fleet always gives the same bytes.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(valueByName), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("texts, whole numbers, flags, lists and maps of texts always encode")
        }
    }

    private static func placing(_ fleet: Fleet, _ region: Region) -> [String: TerraformValue] {
        [
            "project_name": .text(fleet.projectName),
            "environment": .text(fleet.environment),
            "aws_region": .text(region.name),
            "cluster_name": .text(region.clusterName),
            "vpc_cidr": .text(region.network.vpc.description),
            "availability_zones": .list(region.network.availabilityZones),
            "subnet_cidrs": .list(region.network.subnets.map(\.description)),
        ]
    }

    /// Exactly one region owns the record that proves the domain: the first of the file.
    private static func naming(_ fleet: Fleet, _ region: Region) -> [String: TerraformValue] {
        var values: [String: TerraformValue] = [
            "enable_domain": .flag(fleet.domain.isEnabled),
            "domain_name": .text(fleet.domain.name),
            "subdomain": .text(fleet.domain.subdomain),
            "enable_ipv6": .flag(fleet.domain.isIPv6Enabled),
            "certificate": .object(["owns_validation_record": .flag(fleet.regions.first?.name == region.name)]),
        ]
        values["hosted_zone_id"] = fleet.domain.hostedZoneID.map { .text($0) }
        return values
    }

    private static func running(_ region: Region) -> [String: TerraformValue] {
        [
            "container_port": .number(region.task.containerPort),
            "cpu": .number(region.task.cpu),
            "memory": .number(region.task.memory),
            "desired_count": .number(region.task.desiredCount),
            "create_alb": .flag(region.loadBalancer.isCreated),
            "alb_port": .number(region.loadBalancer.port),
            "target_group_port": .number(region.loadBalancer.targetGroupPort),
            "health_check_path": .text(region.loadBalancer.healthCheckPath),
            "enable_service_discovery": .flag(region.serviceDiscovery.isEnabled),
            "service_discovery_ttl": .number(region.serviceDiscovery.ttl),
            "service_discovery_failure_threshold": .number(region.serviceDiscovery.failureThreshold),
        ]
    }

    private static func timing(_ fleet: Fleet, _ region: Region) -> [String: TerraformValue] {
        [
            "enable_weekend_only": .flag(fleet.schedule.isWeekendOnly),
            // A region without a load balancer has none to destroy, and Terraform would refuse to.
            "destroy_albs_when_scaled_down": .flag(
                fleet.schedule.destroysLoadBalancers && region.loadBalancer.isCreated),
            "weekend_hours_start": .number(fleet.schedule.startHour),
            "weekend_hours_end": .number(fleet.schedule.endHour),
            "weekend_days": .list(fleet.schedule.days.map(\.rawValue)),
            "timezone": .text(fleet.schedule.timezone),
        ]
    }
}
