/// The page that Prometheus reads (Exposition formats, text format 0.0.4).
enum PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    static func page(_ families: [MetricFamily]) -> String {
        var page = ""
        for family in families where !family.samples.isEmpty {
            page += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
            page += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                page += family.name + sample.suffix
                if !sample.labels.isEmpty {
                    let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
                    page += "{" + labels.joined(separator: ",") + "}"
                }
                page += " \(number(sample.value))\n"
            }
        }
        return page
    }

    /// A number as short as it can be: `3`, not `3.0`.
    static func number(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
