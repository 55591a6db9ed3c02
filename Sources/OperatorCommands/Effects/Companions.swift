import FleetModel

/// Programs that run beside this one, as an effect.
package struct Companions: Sendable {
    /// Runs a program, with nothing on its standard input, to its end; returns its exit code, or 128 and the signal.
    package var run: @Sendable (_ program: CompanionProgram) async throws(Problem) -> Int32
    /// Runs a program while some work is done. Its standard input stays open for as long as this program lives, so that
    /// it can end when we do, however we end. After the work it gets SIGTERM, and is waited for; returns as `run` does.
    ///
    /// A program that ends by itself ends nothing else.
    package var hold:
        @Sendable (_ program: CompanionProgram, _ work: @escaping @Sendable () async throws -> Void) async throws ->
            Int32

    package init(
        run: @escaping @Sendable (_ program: CompanionProgram) async throws(Problem) -> Int32,
        hold:
            @escaping @Sendable (
                _ program: CompanionProgram, _ work: @escaping @Sendable () async throws -> Void
            ) async throws -> Int32
    ) {
        self.run = run
        self.hold = hold
    }
}
