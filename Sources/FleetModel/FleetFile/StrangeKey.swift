/// A key the schema does not have in this place: a secret, a setting of another place, or a slip of the finger.
struct StrangeKey {
    let name: String
    let section: Section
    /// Of the section the key is written in; empty at the top of the file.
    let path: String

    func problem(at place: Problem.Place) -> Problem {
        let fullName = path.isEmpty ? name : "\(path).\(name)"
        if SecretName.matches(name) {
            return SecretName.problem(fullName, at: place)
        }
        if let home = Self.renamed[name] {
            return Problem(.misplacedKey, at: place, "\(fullName) is not written here", hint: home)
        }
        if let home = Schema.settings.first(where: { $0.key.rawValue == name }) {
            return Problem(
                .misplacedKey, at: place, "\(fullName) is not written here",
                hint: "write \(name) \(home.section.whereabouts)"
            )
        }
        return Problem(
            .unknownKey, at: place, "\(fullName) is not a setting",
            hint: nearest.map { "did you mean \($0)?" } ?? "the settings here are \(known.joined(separator: ", "))"
        )
    }

    private var known: [String] {
        let settings = Schema.settings(in: section).map(\.key.rawValue)
        return section == .fleet ? settings + Section.openers.map(\.rawValue) : settings
    }

    private var nearest: String? {
        if let here = Spelling.nearest(to: name, among: known) { return here }
        let elsewhere = Spelling.nearest(to: name, among: SettingKey.allCases.map(\.rawValue))
        guard let setting = Schema.settings.first(where: { $0.key.rawValue == elsewhere }) else { return nil }
        return "\(setting.key.rawValue), \(setting.section.whereabouts)"
    }

    /// The original's variables that have another home in the fleet file.
    private static let renamed = [
        "container_image": "write it once for the whole fleet, as image under server",
        "aws_region": "the region is the key above these settings, under regions",
        "schedule_timezone": "write timezone under schedule",
    ]
}
