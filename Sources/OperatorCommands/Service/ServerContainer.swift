import AWSOperations
import FleetModel

/// The container that holds the MCP server, in a task of ours (`server_name` in `terraform/region/ecs.tf`).
enum ServerContainer {
    static let name = "server"

    /// Its image in a revision; a problem where the task is none of ours.
    static func image(in definition: TaskDefinition, _ region: Region) throws(Problem) -> String {
        if let image = definition.image(of: name) { return image }
        throw Problem(
            .conflict, at: .region(region.name), "\(definition.name) has no container \(name)",
            detail: "It has \(definition.containerNames.joined(separator: ", ")).",
            hint: "see who made it: aws ecs describe-task-definition --region \(region.name) "
                + "--task-definition \(definition.name)"
        )
    }
}
