/// One row of the fleet file's schema: everything that parsing, `init` and the manual need to know of a setting.
struct Setting: Sendable {
    let key: SettingKey
    let section: Section
    let shape: Shape
    let standard: Standard
    /// One sentence for the manual and for the file `init` writes.
    let meaning: String

    init(_ key: SettingKey, _ section: Section, _ shape: Shape, _ standard: Standard, _ meaning: String) {
        self.key = key
        self.section = section
        self.shape = shape
        self.standard = standard
        self.meaning = meaning
    }

    /// What a setting's value looks like in YAML.
    enum Shape: Sendable, Equatable {
        case text
        /// One of a few words.
        case choice([String])
        case integer(ClosedRange<Int>)
        case boolean
        case words
        case pairs
    }

    /// What holds when a setting is not written.
    enum Standard: Sendable {
        case required
        case value(SettingValue)
        /// Nothing, or worked out from other settings; the text says how. The example is YAML.
        case derived(String, example: String)
    }
}
