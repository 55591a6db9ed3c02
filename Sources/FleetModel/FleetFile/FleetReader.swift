import Yams

/// Walks the file along the schema: keeps what has the right shape, and a problem for everything else.
struct FleetReader {
    let file: String
    private(set) var problems: [Problem] = []

    init(file: String) {
        self.file = file
    }

    mutating func read(_ root: Node.Mapping) -> FleetDraft {
        let top = settings(of: root, in: .fleet, path: "", position: .start)
        let opened = Self.sections(of: root)
        let defaults = section(.defaults, opened[.defaults])
        return FleetDraft(
            top: top.overStandards(of: .fleet),
            server: opened[.server].map { section(.server, $0) },
            regions: opened[.regions].map { regions($0, defaults: defaults) } ?? .absent,
            schedule: section(.schedule, opened[.schedule]).overStandards(of: .schedule),
            domain: section(.domain, opened[.domain]).overStandards(of: .domain),
            state: section(.state, opened[.state])
        )
    }

    /// A section's value and the place of its key.
    private typealias Opened = (node: Node, position: Position)

    private static func sections(of root: Node.Mapping) -> [Section: Opened] {
        var opened: [Section: Opened] = [:]
        for (key, value) in root {
            let name = YAMLDocument.key(key)
            guard let section = Section.openers.first(where: { $0.rawValue == name }), opened[section] == nil else {
                continue
            }
            opened[section] = (value, key.position)
        }
        return opened
    }

    /// A section that may be left out or left empty.
    private mutating func section(_ section: Section, _ opened: Opened?) -> Settings {
        let empty = Settings(path: section.rawValue, position: opened?.position ?? .start)
        guard let opened, !opened.node.isNull else { return empty }
        guard let mapping = opened.node.mapping else {
            note(
                .wrongType, opened.node.position, "\(section.rawValue) is not a list of settings",
                hint: "write its settings below it, each on its own line and indented by two spaces"
            )
            return empty
        }
        return settings(of: mapping, in: section, path: section.rawValue, position: opened.position)
    }

    private mutating func regions(_ opened: Opened, defaults: Settings) -> RegionsDraft {
        let node = opened.node
        guard let mapping = node.mapping, !mapping.isEmpty else {
            let isEmpty = node.isNull || node.mapping != nil
            note(
                isEmpty ? .missingKey : .wrongType, isEmpty ? opened.position : node.position,
                "regions names no region",
                hint: "write each region on its own line, indented and ending in a colon, such as   eu-west-1: {}"
            )
            return .unreadable
        }
        var drafts: [RegionDraft] = []
        for (name, key, value) in distinct(mapping, path: "regions") {
            let path = "regions.\(name)"
            var own = Settings(path: path, position: key.position)
            if let settings = value.mapping {
                own = self.settings(of: settings, in: .regions, path: path, position: key.position)
            } else if !value.isNull {
                note(
                    .wrongType, value.position, "\(path) is not a list of settings",
                    hint: "write {} after the colon, or the region's settings below it"
                )
            }
            drafts.append(RegionDraft(name: name, settings: own.over(defaults).overStandards(of: .regions)))
        }
        return .read(drafts)
    }

    private mutating func settings(
        of mapping: Node.Mapping,
        in section: Section,
        path: String,
        position: Position
    ) -> Settings {
        var settings = Settings(path: path, position: position)
        for (name, key, value) in distinct(mapping, path: path) {
            if section == .fleet, Section.openers.contains(where: { $0.rawValue == name }) { continue }
            guard let setting = Schema.settings(in: section).first(where: { $0.key.rawValue == name }) else {
                problems.append(StrangeKey(name: name, section: section, path: path).problem(at: place(key.position)))
                continue
            }
            switch setting.shape.read(value) {
            case .success(let read):
                settings.set(setting.key, read, at: value.position)
            case .failure(let fault):
                settings.refuse(setting.key)
                problems.append(fault.problem(path: settings.path(of: setting.key), at: place(fault.position)))
            }
        }
        return settings
    }

    /// The first entry of each key, and one problem for each time a key is written again.
    private mutating func distinct(
        _ mapping: Node.Mapping,
        path: String
    ) -> [(name: String, key: Node, value: Node)] {
        var lineByName: [String: Int] = [:]
        var entries: [(name: String, key: Node, value: Node)] = []
        for (key, value) in mapping {
            let name = YAMLDocument.key(key)
            if let line = lineByName[name] {
                note(
                    .duplicateKey, key.position, "\(path.isEmpty ? name : "\(path).\(name)") is written twice",
                    detail: "Line \(line) has it already.",
                    hint: "keep one of the two"
                )
            } else {
                lineByName[name] = key.position.line
                entries.append((name, key, value))
            }
        }
        return entries
    }

    private mutating func note(
        _ kind: Problem.Kind,
        _ position: Position,
        _ summary: String,
        detail: String? = nil,
        hint: String
    ) {
        problems.append(Problem(kind, at: place(position), summary, detail: detail, hint: hint))
    }

    private func place(_ position: Position) -> Problem.Place {
        .file(file, line: position.line, column: position.column)
    }
}
