import ArgumentParser

/// `slipway state`: where Terraform keeps what it made.
struct StateVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Make the bucket that keeps Terraform's states, and take dead locks away.",
        subcommands: [StateBootstrap.self, StateUnlock.self]
    )
}
