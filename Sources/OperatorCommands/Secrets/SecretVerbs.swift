import ArgumentParser

/// `slipway secret`: the values that Terraform never sees.
struct SecretVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Put secrets into AWS, and see which are missing.",
        discussion: """
            The fleet file names the keys (secret_keys under server), Terraform makes a place for their values in each \
            region, and these verbs fill it. A value comes from a prompt, standard input or a file, never from the \
            command line, and is never printed.
            """,
        subcommands: [SecretSet.self, SecretStatus.self]
    )
}
