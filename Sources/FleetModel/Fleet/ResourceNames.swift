/// The names of one region's resources in AWS, composed as `terraform/region` composes them.
package struct ResourceNames: Equatable, Sendable {
    private let stem: String

    package init(projectName: String, environment: String, region: String) {
        stem = "\(projectName)-\(environment)-\(region)"
    }

    package init(_ fleet: Fleet, _ region: Region) {
        self.init(projectName: fleet.projectName, environment: fleet.environment, region: region.name)
    }

    package var cluster: String { "\(stem)-cluster" }
    package var service: String { "\(stem)-service" }
    /// The family of the task's revisions.
    package var task: String { "\(stem)-task" }
    package var loadBalancer: String { "\(stem)-alb" }
    /// The edge's stack and the machine that opens and closes it (docs/operations.md, the weekend schedule).
    package var edge: String { "\(stem)-edge" }
    package var logGroup: String { "/ecs/\(stem)" }
    package var balancerSecurityGroup: String { "\(stem)-alb-sg" }
    package var taskSecurityGroup: String { "\(stem)-ecs-tasks-sg" }
    /// The longest of the role names.
    package var executionRole: String { "\(stem)-ecs-execution-role" }
    /// What the name of the server's secret begins with; AWS and Terraform add the rest.
    package var serverSecretPrefix: String { "\(stem)-api-key-" }
    /// The same of the gateways' key.
    package var fleetKeyPrefix: String { "\(stem)-fleet-key-" }

    /// Elastic Load Balancing API, CreateLoadBalancer.
    static let loadBalancerLimit = 32
    /// IAM API, CreateRole.
    static let roleLimit = 64
}
