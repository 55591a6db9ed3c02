import ArgumentParser

/// Whether a verb waits for what it began.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Begin it, and don't wait for its end.")
    var noWait = false

    @Option(
        help: ArgumentHelp(
            "How long to wait, 1 to 180. (default: 15; 60 for an edge that opens or closes)", valueName: "minutes")
    )
    var timeout: Int?

    func validate() throws {
        guard (1...180).contains(timeout ?? 1) else {
            throw ValidationError("--timeout is 1 to 180 minutes.")
        }
        if noWait, timeout != nil { throw ValidationError("--no-wait and --timeout say the opposite: choose one.") }
    }

    /// In seconds.
    func patience(_ standard: Int) -> Int { timeout.map { $0 * 60 } ?? standard }
}
