import FleetModel
import TerraformDriver

/// The program `terraform`, as an effect.
package struct TerraformProgram: Sendable {
    /// Its absolute path and what tells this installation from another; nil where there is none on PATH.
    package var find: @Sendable () -> Found?
    /// Runs it to its end, hands on every line it writes, and passes the operator's interruptions on to it.
    package var run:
        @Sendable (
            _ path: String, _ command: TerraformCommand, _ signals: AsyncStream<Int>,
            _ line: @escaping @Sendable (_ isError: Bool, _ line: String) -> Void
        ) async throws(Problem) -> Int32

    package init(
        find: @escaping @Sendable () -> Found?,
        run:
            @escaping @Sendable (
                _ path: String, _ command: TerraformCommand, _ signals: AsyncStream<Int>,
                _ line: @escaping @Sendable (_ isError: Bool, _ line: String) -> Void
            ) async throws(Problem) -> Int32
    ) {
        self.find = find
        self.run = run
    }

    /// One installation of Terraform.
    package struct Found: Equatable, Sendable {
        package let path: String
        /// Changes when another version is installed in its place.
        package let identity: String

        package init(path: String, identity: String) {
            self.path = path
            self.identity = identity
        }
    }
}
