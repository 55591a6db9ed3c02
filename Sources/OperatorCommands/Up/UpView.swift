import LocalFleet
import TerminalView

/// Shows what happens in a local fleet: the announcement on stdout, everything else on stderr, whole lines only.
struct UpView {
    private let plan: LocalFleetPlan
    private let format: OutputFormat
    private let effects: Effects
    private var processes: [String: Int32] = [:]
    private var isReady = false

    init(plan: LocalFleetPlan, format: OutputFormat, effects: Effects) {
        self.plan = plan
        self.format = format
        self.effects = effects
    }

    mutating func show(_ event: LocalFleetEvent) {
        switch event {
        case .started(let replica, let process):
            processes[replica] = process
            let place = plan.containers == nil ? ", pid \(process)" : ""
            if isReady { log(replica, "runs again\(place)") }
        case .logged(let replica, let line): log(replica, line)
        case .ended(let replica, let how, let isReplaced):
            log(replica, isReplaced ? "ended (\(how)); it is being replaced" : "ended (\(how))")
        case .ready(let port):
            isReady = true
            effects.answer(UpAnnouncement(plan: plan, port: port, processes: processes), as: format)
        }
    }

    private func log(_ replica: String, _ line: String) { effects.console.err("\(replica) | \(line)\n") }
}
