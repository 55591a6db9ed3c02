import FleetModel

/// The AWS CLI's command that opens a shell in a task (AWS CLI Command Reference, `ecs execute-command`).
struct ExecLine: Encodable, Equatable {
    let region: String
    let cluster: String
    let task: String
    let container: String
    let command: String

    var words: [String] {
        [
            "aws", "ecs", "execute-command", "--region", region, "--cluster", cluster, "--task", task, "--container",
            container, "--interactive", "--command", command,
        ]
    }

    /// As one types it into a shell.
    var text: String { words.map(Self.quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { isHarmless($0) }
        return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        let character = Character(UnicodeScalar(byte))
        return byte < 0x80 && (character.isLetter || character.isNumber || "-_./:=@%+,".contains(character))
    }
}
