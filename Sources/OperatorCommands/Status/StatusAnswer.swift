import AWSOperations
import FleetModel
import TerminalView

/// How the regions are, and why some could not be asked.
struct StatusAnswer: RegionsAnswer {
    let regions: [RegionStatus]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !regions.isEmpty else { return "" }
        var table = Table(["REGION", "STATE", "TASKS", "TARGETS", "RANGE", "SESSIONS", "ROLLOUT", "CERTIFICATE", "URL"])
        for status in regions {
            table.add([
                status.region, status.state.rawValue, share(status.running, status.desired, status),
                share(status.healthyTargets, status.targets, status), range(status),
                status.sessions.map(String.init) ?? "",
                rollout(status),
                status.certificateDays.map { "\($0) days" } ?? "", status.url ?? "",
            ])
        }
        let reasons = regions.filter { $0.state == .failed || $0.state == .deploying }.compactMap { status in
            status.rolloutReason.map { "\(status.region): \($0)\n" }
        }
        let locks = regions.compactMap { status in
            status.lock.map { "\(status.region): \($0.who) writes its state since \($0.since) (lock \($0.id))\n" }
        }
        return table.text(ink: ink) + (reasons + locks).joined()
    }

    private func share(_ some: Int, _ all: Int, _ status: RegionStatus) -> String {
        status.state == .absent ? "" : "\(some)/\(all)"
    }

    private func range(_ status: RegionStatus) -> String {
        guard let least = status.leastTasks, let most = status.mostTasks else { return "" }
        let range = least == most ? "\(least)" : "\(least) to \(most)"
        return status.isSchedulePaused ? "\(range), paused" : range
    }

    private func rollout(_ status: RegionStatus) -> String {
        let state = status.rollout?.replacing("_", with: " ") ?? ""
        return [state, status.taskDefinition ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
