import Foundation

extension OperatorShell {
    /// The real one.
    package static let live = OperatorShell(
        isInTerminal: { isatty(STDIN_FILENO) == 1 },
        path: LiveProgram.path(of:),
        become: become
    )

    @Sendable
    private static func become(_ path: String, _ words: [String]) -> String {
        // Threads of the runtime hold signals back, and a program inherits that: Ctrl-C would not reach it.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        signal(SIGPIPE, SIG_DFL)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        execv(path, &arguments)
        return String(cString: strerror(errno))
    }
}
