import FleetModel
import Foundation

/// A question at a terminal whose answer nobody sees.
///
/// A terminal hands over one line, and cuts a long one without a word. What may be cut, or is only the first line of a
/// paste, is refused.
struct SecretPrompt {
    /// A line of so many bytes may have been longer: N_TTY of Linux holds 4096, Darwin's terminals 1024.
    #if canImport(Darwin)
    static let cut = 1023
    #else
    static let cut = 4095
    #endif

    /// How long the rest of a paste is waited for, in milliseconds.
    private static let patience: Int32 = 200

    /// Its descriptor.
    let terminal: Int32

    /// - Parameter tell: shows a text to whoever sits there.
    func ask(_ question: String, tell: (String) -> Void) throws(Problem) -> Secret {
        var usual = termios()
        tcgetattr(terminal, &usual)
        var silent = usual
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &usual)
            tell("\n")
        }
        tell(question)
        let line = readLine()
        // Line by line, the beginning of a second line would not show before its end.
        silent.c_lflag &= ~tcflag_t(ICANON)
        tcsetattr(terminal, TCSANOW, &silent)
        let isAll = !hasMore()
        guard line.count < Self.cut else { throw refusal("the line is longer than a terminal hands over") }
        guard isAll else { throw refusal("that was more than one line") }
        guard let text = String(validating: line, as: UTF8.self) else { throw refusal("that is not UTF-8 text") }
        return Secret(text)
    }

    private func refusal(_ summary: String) -> Problem {
        Problem(
            .invalidValue, summary,
            detail: "A prompt takes one line of fewer than \(Self.cut) bytes. Nothing was set.",
            hint: "give the value with --from-file <path>, or by a pipe"
        )
    }

    /// Up to the end of the line, which is not part of it, or of the input.
    private func readLine() -> [UInt8] {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while line.count < Self.cut {
            let count = read(terminal, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            line += buffer.prefix(count)
            if line.last == UInt8(ascii: "\n") { return line.dropLast() }
        }
        return line
    }

    /// Whether more was there. It is taken away, so that no shell gets to see it.
    private func hasMore() -> Bool {
        var taken = 0
        var buffer = [UInt8](repeating: 0, count: 4096)
        var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        while taken < 1 << 20, poll(&waiting, 1, Self.patience) > 0 {
            let count = read(terminal, &buffer, buffer.count)
            guard count > 0 else { break }
            taken += count
        }
        return taken > 0
    }
}
