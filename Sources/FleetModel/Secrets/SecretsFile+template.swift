extension SecretsFile {
    /// The commented file `slipway init` writes.
    package static let template = """
        # Secrets of a local run, one NAME=value to a line; `slipway up` hands them to the server's environment.
        # This file is listed in .gitignore: never commit it. On AWS they belong in Secrets Manager.
        #
        # Quotes are optional: 'as it stands', "with \\n for a line break". A line starting with # is a comment.
        #
        # API_KEY=

        """
}
