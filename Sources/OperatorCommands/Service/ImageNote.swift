import FleetModel

/// What becomes of a deployed image when Terraform looks at the region again.
///
/// The service's task definition is Terraform's (`terraform/region/ecs.tf`): a plan that finds another revision wants
/// its own back, with the image that the fleet file names.
struct ImageNote {
    let fleet: Fleet
    let file: String

    func words(for image: String) -> String {
        guard let written = fleet.server.image else {
            return "To keep this image at the next apply, write image: \(image) under server in \(file)."
        }
        guard written != image else {
            return "\(file) names this image, so an apply keeps it. The next plan may still show the task definition, "
                + "as Terraform makes a revision of its own, and an apply rolls that out once more."
        }
        return "The next plan wants to go back to \(written), and an apply does. To keep this image, write "
            + "image: \(image) under server in \(file)."
    }
}
