/// How a command's answer is written on stdout.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON document.
    case json
}
