import FleetModel

/// The acts of a rehearsal, in their order: a fleet's whole life.
enum RehearsalStage: String, CaseIterable, Encodable, Sendable {
    case emulator, doctor, apply, secrets, status, probe, scale, deploy, kill, drift, down, up, destroy, leftovers

    /// What is done, as a manager would say it.
    var title: String {
        switch self {
        case .emulator: "An emulated AWS is started on this machine"
        case .doctor: "The fleet file and this machine are judged"
        case .apply: "Every region is made with the real Terraform"
        case .secrets: "Secrets are put in, and the tasks take them up"
        case .status: "Every region is looked at"
        case .probe: "Clients of both eras of MCP shake hands through each balancer"
        case .scale: "A task more, and back"
        case .deploy: "A new revision replaces every task"
        case .kill: "A task is killed"
        case .drift: "Somebody changes a thing by hand; it is found and put back"
        case .down: "The schedule ends its hours"
        case .up: "The schedule begins its hours"
        case .destroy: "Every region is removed"
        case .leftovers: "Nothing is left, by listing what stands"
        }
    }

    /// Whether it runs even when an act before it has failed, so that nothing stays.
    var isAlways: Bool { self == .destroy || self == .leftovers }

    /// Why a fleet has no such act; nil where it has one.
    ///
    /// - Parameter isReal: whether tasks run as containers that can be reached.
    func omission(of fleet: Fleet, isReal: Bool) -> String? {
        switch self {
        case .secrets where fleet.server.secretKeys.isEmpty: "server.secret_keys names none"
        case .down where !fleet.schedule.isWeekendOnly, .up where !fleet.schedule.isWeekendOnly:
            "the fleet file has no schedule"
        case .probe where !isReal, .kill where !isReal: "tasks are no containers here"
        case .probe where !fleet.regions.contains(where: \.loadBalancer.isCreated),
            .kill where !fleet.regions.contains(where: \.loadBalancer.isCreated):
            "no region has a balancer to call through"
        default: nil
        }
    }
}
