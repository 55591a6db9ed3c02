import FleetModel
import TerraformDriver

extension RegionTerraform {
    /// Why a run came to no good end.
    ///
    /// - Parameter stands: what the world is like now.
    func problem(_ run: TerraformRun, _ verb: String, stands: String) -> Problem {
        let log = "Everything it said: \(effects.relative(workspace.logFile(of: verb)))"
        if interruption.count > 0 {
            return Problem(
                .interrupted, at: .region(region), "terraform \(verb) was interrupted",
                detail: "\(stands)\n\(log)", hint: "the same command again goes on from here"
            )
        }
        let errors = run.progress.errors
        var words = errors.prefix(3).map(\.words)
        if errors.isEmpty { words = [Self.lastError(run.progress.lastWords)] }
        if errors.count > 3 { words.append("... and \(errors.count - 3) more errors") }
        return Problem(
            errors.contains { $0.lockID != nil } ? .conflict : .refused, at: .region(region),
            "terraform \(verb) ended with \(errors.count > 1 ? "\(errors.count) errors" : "an error")",
            detail: (words.map { String($0.prefix(1500)) } + [stands, log]).joined(separator: "\n"),
            hint: hint(run, verb)
        )
    }

    /// What `terraform init` and others write to stderr: the paragraph that begins with "Error:", else the last words.
    private static func lastError(_ lines: [String]) -> String {
        let start = lines.lastIndex { $0.contains("Error:") } ?? max(0, lines.count - 5)
        return lines[start...].map { $0.drop { "│╷╵ ".contains($0) } }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func hint(_ run: TerraformRun, _ verb: String) -> String? {
        if let id = run.progress.errors.lazy.compactMap(\.lockID).first {
            return
                "wait for whoever that is; if nobody is at work any more: slipway state unlock \(id) --region \(region)"
        }
        let said = run.progress.errors.map(\.words).joined()
        if said.contains("No valid credential sources") || said.contains("ExpiredToken") {
            return "see which credentials are used: slipway doctor"
        }
        return verb == "apply" ? "mend the cause, then apply again: it goes on from here" : nil
    }
}

extension Effects {
    /// A path as the operator would type it here.
    func relative(_ path: String) -> String {
        let folder = currentDirectory() + "/"
        return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }
}
