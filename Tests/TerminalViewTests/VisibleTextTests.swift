import Testing

@testable import TerminalView

@Suite struct VisibleTextTests {
    @Test(
        arguments: [
            ("plain, with\ttab and ünï", "plain, with\ttab and ünï"),
            ("\u{1B}[31mred\u{1B}[0m\n", "red"),
            ("\u{1B}]0;title\u{07}", "\u{FFFD}]0;title\u{FFFD}"),
            ("bell\u{07} back\u{08} c1\u{9B}2J", "bell\u{FFFD} back\u{FFFD} c1\u{FFFD}2J"),
            ("turned \u{202E}round", "turned \u{FFFD}round"),
            ("over\rwritten", "over\u{FFFD}written"),
            ("two\r\nlines\r\n", "two\n    lines"),
            ("cut \u{1B}[12", "cut "),
            ("", ""),
        ] as [(String, String)])
    func `nothing of it drives the terminal`(_ text: String, _ shown: String) {
        #expect(VisibleText.line(text) == shown)
    }
}
