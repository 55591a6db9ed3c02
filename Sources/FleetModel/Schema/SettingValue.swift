/// A setting's value as the file holds it, before any rule has judged it.
enum SettingValue: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case words([Word])
    case pairs([Pair])

    /// A list's item and where it is written.
    struct Word: Sendable, Equatable {
        let text: String
        let position: Position
    }

    /// A map's entry.
    struct Pair: Sendable, Equatable {
        let name: Word
        let value: String
    }

    /// The value as one would write it in YAML.
    var yaml: String {
        switch self {
        case .text(let text): YAMLText.scalar(text)
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .words(let words): YAMLText.list(words.map(\.text))
        case .pairs(let pairs):
            pairs.isEmpty
                ? "{}"
                : "{ " + pairs.map { "\($0.name.text): \(YAMLText.scalar($0.value))" }.joined(separator: ", ") + " }"
        }
    }
}
