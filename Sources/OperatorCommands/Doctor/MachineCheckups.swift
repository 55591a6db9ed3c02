import AWSOperations
import FleetModel
import TerraformDriver

/// Whether this machine has the programs.
enum MachineCheckups {
    static let place = "this machine"

    static func all(for fleet: Fleet?, _ surroundings: AWSSurroundings) async -> [Checkup] {
        async let terraform = surroundings.runProgram(["terraform", "version", "-json"])
        async let aws = surroundings.runProgram(["aws", "--version"])
        async let docker = surroundings.runProgram(["docker", "version", "--format", "{{.Server.Version}}"])
        async let plugin = surroundings.runProgram(["session-manager-plugin", "--version"])
        var checks = [judged(terraform: await terraform), judged(aws: await aws), judged(docker: await docker)]
        let answer = await plugin
        if let fleet, fleet.regions.contains(where: \.task.allowsShell), answer == .missing {
            checks.append(
                Checkup(
                    place, .warning, "session-manager-plugin is not on PATH, and slipway exec needs it",
                    fix: "install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/"
                        + "session-manager-working-with-install-plugin.html"))
        }
        return checks
    }

    static func judged(terraform answer: ProgramAnswer) -> Checkup {
        let fix =
            "install Terraform \(TerraformVersion.least) or newer: https://developer.hashicorp.com/terraform/install"
        switch answer {
        case .missing: return Checkup(place, .problem, "terraform is not on PATH", fix: fix)
        case .failed(let words): return Checkup(place, .problem, "terraform does not run: \(words)", fix: fix)
        case .overdue(let seconds):
            return Checkup(place, .problem, "terraform did not say its version in \(seconds) seconds", fix: fix)
        case .answered(let text):
            guard let version = TerraformVersion(json: text) else {
                return Checkup(place, .problem, "what is called terraform on PATH is another program", fix: fix)
            }
            guard version >= TerraformVersion.least else {
                return Checkup(
                    place, .problem, "terraform \(version) is older than \(TerraformVersion.least)", fix: fix)
            }
            return Checkup(place, .ok, "terraform \(version)")
        }
    }

    static func judged(aws answer: ProgramAnswer) -> Checkup {
        guard case .answered(let text) = answer else {
            return Checkup(
                place, .note, "the AWS CLI is not here; slipway exec, and what is done by hand, need it",
                fix: "install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html")
        }
        let words = text.split { $0.isWhitespace }.first.map(String.init) ?? ""
        guard !words.hasPrefix("aws-cli/1.") else {
            return Checkup(
                place, .note, "\(words) is version 1, and docs/operations.md speaks of version 2",
                fix: "install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html")
        }
        return Checkup(place, .ok, words.isEmpty ? "the AWS CLI" : words)
    }

    static func judged(docker answer: ProgramAnswer) -> Checkup {
        switch answer {
        case .answered(let text):
            Checkup(place, .ok, "docker \(text.split(whereSeparator: \.isNewline).first ?? "")")
        case .missing: Checkup(place, .note, "docker is not here; images are built elsewhere")
        case .failed, .overdue: Checkup(place, .note, "docker is here, and its daemon does not answer")
        }
    }
}
