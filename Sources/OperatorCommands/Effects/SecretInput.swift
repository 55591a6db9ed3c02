import FleetModel
import Foundation

/// Standard input, where a secret comes from.
enum SecretInput {
    /// More than any secret may have, and enough to notice.
    private static let largest = 65537

    /// Asks without echo on a terminal; reads everything, up to a bound, from anything else.
    @Sendable
    static func read(_ prompt: String) throws(Problem) -> Secret {
        guard isatty(STDIN_FILENO) == 1 else { return try readAll() }
        return try SecretPrompt(terminal: STDIN_FILENO).ask(prompt) { text in
            FileHandle.standardError.write(Data(text.utf8))
        }
    }

    /// A line of what is no secret.
    @Sendable
    static func line(_ prompt: String) -> String? {
        FileHandle.standardError.write(Data(prompt.utf8))
        return readLine(strippingNewline: true)
    }

    private static func readAll() throws(Problem) -> Secret {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < largest {
            let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(
                .invalidValue, "standard input is not UTF-8 text", hint: "encode the value, such as in base64")
        }
        return Secret(text)
    }
}
