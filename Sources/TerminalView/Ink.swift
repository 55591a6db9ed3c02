/// Colour, or none: for a terminal that wants it, and for everything else.
package struct Ink: Sendable, Equatable {
    private let isColoured: Bool

    package static let plain = Ink(isColoured: false)
    package static let coloured = Ink(isColoured: true)

    /// Colour only on a terminal, and never against the reader's wish (no-color.org, or a terminal called dumb).
    package init(isTerminal: Bool, environment: [String: String]) {
        let isUnwanted = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColoured = isTerminal && !isUnwanted && environment["TERM"] != "dumb"
    }

    private init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    package func bold(_ text: String) -> String { styled(text, code: "1") }
    package func red(_ text: String) -> String { styled(text, code: "1;31") }
    package func faint(_ text: String) -> String { styled(text, code: "2") }
    package func cyan(_ text: String) -> String { styled(text, code: "36") }

    /// ECMA-48, 8.3.117 (select graphic rendition).
    private func styled(_ text: String, code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
