import Foundation

/// The program `terraform` and a copy of `terraform/region`, initialised, that plans without an account.
final class RealTerraform: Sendable {
    /// Where the program is; nil where nobody installed it.
    static let program: String? = ProcessInfo.processInfo.environment["PATH"]?
        .split(separator: ":").map { "\($0)/terraform" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private let program: String
    private let folder: URL

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `terraform init` honours TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR and whatever else the environment says.
    init() throws {
        guard let program = Self.program else { throw Failure(description: "terraform is not on PATH") }
        self.program = program
        folder = FileManager.default.temporaryDirectory.appending(path: "slipway-terraform-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let region = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "terraform/region")
        for name in try FileManager.default.contentsOfDirectory(atPath: region.path)
        where name.hasSuffix(".tf") || name == ".terraform.lock.hcl" {
            try FileManager.default.copyItem(at: region.appending(path: name), to: folder.appending(path: name))
        }
        _ = try run("init", "-input=false", "-no-color", "-backend=false", "-lockfile=readonly")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)  // a folder left in /tmp fails no test
    }

    /// What Terraform plans for these variables, as its JSON, and every warning and error on the way there.
    func plan(_ variables: String) throws -> (plan: [String: Any], diagnostics: [String]) {
        let name = UUID().uuidString
        let file = folder.appending(path: "\(name).tfvars.json")
        try variables.write(to: file, atomically: true, encoding: .utf8)
        let events = try run(
            "plan", "-json", "-input=false", "-lock=false", "-var-file=\(name).tfvars.json", "-out=\(name).plan",
            "-var", "provider_settings={offline=true}", isAllowedToFail: true
        )
        let diagnostics = try events.split(separator: "\n").compactMap { line -> String? in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let diagnostic = event?["diagnostic"] as? [String: Any] else { return nil }
            return ["severity", "summary", "detail"].compactMap { diagnostic[$0] as? String }.joined(separator: ": ")
        }
        guard diagnostics.allSatisfy({ !$0.hasPrefix("error") }) else { return ([:], diagnostics) }
        let shown = try run("show", "-json", "\(name).plan")
        let plan = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
        return (plan ?? [:], diagnostics)
    }

    private func run(_ arguments: String..., isAllowedToFail: Bool = false) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-chdir=\(folder.path)"] + arguments
        var environment = ProcessInfo.processInfo.environment
        for name in ["AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "TF_DATA_DIR"] {
            environment[name] = nil
        }
        // Credentials that nobody has: whatever asked AWS would fail.
        environment.merge([
            "AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_EC2_METADATA_DISABLED": "true",
            "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
        ]) { $1 }
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 || isAllowedToFail else {
            throw Failure(description: "terraform \(arguments.joined(separator: " ")): \(text)\(complaints)")
        }
        return text
    }
}
