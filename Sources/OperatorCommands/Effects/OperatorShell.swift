/// The shell that slipway was called from, as far as it is used.
package struct OperatorShell: Sendable {
    /// Whether a person types what the program reads.
    package var isInTerminal: @Sendable () -> Bool
    /// Where a program lies, by PATH; nil where it is not installed.
    package var path: @Sendable (_ program: String) -> String?
    /// Becomes another program, which takes the terminal over. Returns only where that was refused, with the system's
    /// words.
    package var become: @Sendable (_ path: String, _ words: [String]) -> String

    package init(
        isInTerminal: @escaping @Sendable () -> Bool,
        path: @escaping @Sendable (_ program: String) -> String?,
        become: @escaping @Sendable (_ path: String, _ words: [String]) -> String
    ) {
        self.isInTerminal = isInTerminal
        self.path = path
        self.become = become
    }
}
