/// The names of one region's resources in AWS, composed as `terraform/region` composes them.
package struct ResourceNames: Equatable, Sendable {
    private let stem: String

    package init(projectName: String, environment: String, region: String) {
        stem = "\(projectName)-\(environment)-\(region)"
    }

    package var cluster: String { "\(stem)-cluster" }
    package var loadBalancer: String { "\(stem)-alb" }
    /// The longest of the role names.
    package var executionRole: String { "\(stem)-ecs-execution-role" }

    /// Elastic Load Balancing API, CreateLoadBalancer.
    static let loadBalancerLimit = 32
    /// IAM API, CreateRole.
    static let roleLimit = 64
}
