import FleetModel
import TerminalView

/// What was seen from outside, and what is wrong with it.
struct ProbeAnswer: RegionsAnswer {
    let probes: [ProbeReport]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !probes.isEmpty else { return "" }
        var table = Table(["VIA", "HEALTH", "SESSIONS", "MODERN", "CERTIFICATE"])
        for probe in probes {
            guard probe.asleep == nil else {
                table.add([probe.via, "asleep"])
                continue
            }
            table.add([
                VisibleText.line(probe.via), probe.health.words, VisibleText.line(probe.sessions.words),
                VisibleText.line(probe.modern.words), probe.certificateDays.map { "\($0) days" } ?? "",
            ])
        }
        let sleeping = probes.compactMap { probe in probe.asleep.map { "\(probe.via): \($0)\n" } }
        return table.text(ink: ink) + sleeping.joined()
    }
}
