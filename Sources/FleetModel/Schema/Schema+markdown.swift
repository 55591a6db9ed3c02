extension Schema {
    /// The manual's table of settings, a heading and a table for each section.
    static var markdown: String {
        Section.allCases.map { section in
            let rows = settings.filter { $0.section == section }.map(\.markdownRow)
            return """
                ### \(section.heading)

                | setting | value | when not written | meaning |
                |---|---|---|---|
                \(rows.joined(separator: "\n"))
                """
        }
        .joined(separator: "\n\n")
    }
}

/// What docs/configuration.md takes from the schema.
package enum SettingsManual {
    package static var markdown: String { Schema.markdown }
}

extension Section {
    fileprivate var heading: String {
        switch self {
        case .fleet: "At the top"
        case .server: "`server`"
        case .defaults: "`defaults`, and any one region"
        case .regions: "Any one region under `regions`"
        case .schedule: "`schedule`"
        case .domain: "`domain`"
        case .state: "`state`"
        }
    }
}

extension Setting {
    fileprivate var markdownRow: String {
        let absent =
            switch standard {
            case .required: "**required**"
            case .value(let value): "`\(value.yaml)`"
            case .derived(let how, _): how
            }
        return "| `\(key.rawValue)` | \(shape.words) | \(absent) | \(meaning) |"
    }
}

extension Setting.Shape {
    /// What to write for a value of this shape, in words.
    var words: String {
        switch self {
        case .text: "text"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .integer(let range) where range.count == 1: "\(range.lowerBound)"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .words: "list"
        case .pairs: "`NAME: value` pairs"
        }
    }
}
