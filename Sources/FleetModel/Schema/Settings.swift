/// The settings of one section, or of one region after `defaults` and the standards are merged in.
struct Settings: Sendable {
    /// The section's path, such as `regions.eu-west-1`; empty at the top of the file.
    let path: String
    /// Where the section starts: the place of every setting that is not written.
    let position: Position
    private(set) var valueByKey: [SettingKey: Written<SettingValue>] = [:]
    /// Keys whose value is already a problem, so that no rule judges a standard in its place.
    private var broken: Set<SettingKey> = []

    init(path: String, position: Position) {
        self.path = path
        self.position = position
    }

    func path(of key: SettingKey) -> String {
        path.isEmpty ? key.rawValue : "\(path).\(key.rawValue)"
    }

    mutating func set(_ key: SettingKey, _ value: SettingValue, at position: Position) {
        valueByKey[key] = Written(value: value, path: path(of: key), position: position)
    }

    mutating func refuse(_ key: SettingKey) {
        valueByKey[key] = nil
        broken.insert(key)
    }

    func isBroken(_ key: SettingKey) -> Bool { broken.contains(key) }

    /// Whether anybody wrote the key, well or badly.
    func holds(_ key: SettingKey) -> Bool { valueByKey[key] != nil || broken.contains(key) }

    /// These settings, with those of `other` for keys nobody wrote here. Maps are joined name by name.
    func over(_ other: Settings) -> Settings {
        var merged = self
        merged.broken.formUnion(other.broken.filter { valueByKey[$0] == nil })
        for (key, inherited) in other.valueByKey where !broken.contains(key) {
            guard let own = valueByKey[key] else {
                merged.valueByKey[key] = inherited
                continue
            }
            if case .pairs(let pairs) = own.value, case .pairs(let inheritedPairs) = inherited.value {
                let names = Set(pairs.map(\.name.text))
                let kept = inheritedPairs.filter { !names.contains($0.name.text) }
                merged.valueByKey[key] = own.map { _ in .pairs(kept + pairs) }
            }
        }
        return merged
    }

    /// These settings, with the schema's standard for keys nobody wrote.
    func overStandards(of section: Section) -> Settings {
        var standards = Settings(path: path, position: position)
        for setting in Schema.settings(in: section) {
            if case .value(let value) = setting.standard {
                standards.set(setting.key, value, at: position)
            }
        }
        return over(standards)
    }

    func text(_ key: SettingKey) -> Written<String>? {
        guard let written = valueByKey[key], case .text(let text) = written.value else { return nil }
        return written.map { _ in text }
    }

    func integer(_ key: SettingKey) -> Written<Int>? {
        guard let written = valueByKey[key], case .integer(let number) = written.value else { return nil }
        return written.map { _ in number }
    }

    func boolean(_ key: SettingKey) -> Written<Bool>? {
        guard let written = valueByKey[key], case .boolean(let flag) = written.value else { return nil }
        return written.map { _ in flag }
    }

    func words(_ key: SettingKey) -> Written<[SettingValue.Word]>? {
        guard let written = valueByKey[key], case .words(let words) = written.value else { return nil }
        return written.map { _ in words }
    }

    func pairs(_ key: SettingKey) -> Written<[SettingValue.Pair]>? {
        guard let written = valueByKey[key], case .pairs(let pairs) = written.value else { return nil }
        return written.map { _ in pairs }
    }
}
