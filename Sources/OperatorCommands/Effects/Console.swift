/// The two streams a command writes to: answers on `out`, everything else on `err`. Text ends its own lines.
package struct Console: Sendable {
    package var out: @Sendable (String) -> Void
    package var err: @Sendable (String) -> Void
    package var isOutTerminal: @Sendable () -> Bool
    package var isErrTerminal: @Sendable () -> Bool
    /// The width of the terminal behind stderr; 80 where it has none.
    package var columns: @Sendable () -> Int

    package init(
        out: @escaping @Sendable (String) -> Void,
        err: @escaping @Sendable (String) -> Void,
        isOutTerminal: @escaping @Sendable () -> Bool,
        isErrTerminal: @escaping @Sendable () -> Bool,
        columns: @escaping @Sendable () -> Int
    ) {
        self.out = out
        self.err = err
        self.isOutTerminal = isOutTerminal
        self.isErrTerminal = isErrTerminal
        self.columns = columns
    }
}
