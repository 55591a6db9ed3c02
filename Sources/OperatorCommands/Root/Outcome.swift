/// How a verb ended, as the exit code a script sees.
package enum Outcome: Int32, Sendable {
    case done = 0
    case failed = 1
    /// `plan` and `drift`: nothing failed, and what is there differs from what is written.
    case changesPending = 2
    case interrupted = 130
}
