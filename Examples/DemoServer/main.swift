/// The demo server: an MCP server on standard input and output, small enough to read in one sitting.
///
/// The main thread does nothing but read. What can be answered at once is answered there, in the order it arrived;
/// what takes time runs as a child task, so a slow tool never holds up another call. When standard input ends, the
/// children are cancelled and the process exits.

let session = Session(output: Output(), surroundings: Surroundings())

await withDiscardingTaskGroup { calls in
    var input = Input()
    while let line = input.nextLine() {
        if let call = session.receive(line) {
            calls.addTask { await call.run() }
        }
    }
    calls.cancelAll()
}
