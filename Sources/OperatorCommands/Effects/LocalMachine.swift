import FleetModel
import LocalFleet

/// This machine, as far as `slipway up` uses it.
package struct LocalMachine: Sendable {
    /// Absolute path of the running program, symbolic links resolved.
    package var program: @Sendable () -> String
    /// Whether a path names a program that may be run.
    package var isExecutable: @Sendable (_ path: String) -> Bool
    /// So many ports of the loopback address that nothing listens on.
    package var freePorts: @Sendable (_ count: Int) throws(Problem) -> [Int]
    /// Bytes of memory that nothing needs now; nil where this machine does not tell.
    package var freeMemory: @Sendable () -> Int?
    /// A fresh key for a fleet's session tickets.
    package var randomKey: @Sendable () -> Secret
    /// Runs a fleet until the operator stops it; throws a `LocalFleetFailure` where it can't run.
    package var run:
        @Sendable (_ plan: LocalFleetPlan, _ report: @escaping @Sendable (LocalFleetEvent) -> Void) async throws -> Void

    package init(
        program: @escaping @Sendable () -> String,
        isExecutable: @escaping @Sendable (_ path: String) -> Bool,
        freePorts: @escaping @Sendable (_ count: Int) throws(Problem) -> [Int],
        freeMemory: @escaping @Sendable () -> Int?,
        randomKey: @escaping @Sendable () -> Secret,
        run:
            @escaping @Sendable (
                _ plan: LocalFleetPlan,
                _ report: @escaping @Sendable (LocalFleetEvent) -> Void
            ) async throws -> Void
    ) {
        self.program = program
        self.isExecutable = isExecutable
        self.freePorts = freePorts
        self.freeMemory = freeMemory
        self.randomKey = randomKey
        self.run = run
    }
}
