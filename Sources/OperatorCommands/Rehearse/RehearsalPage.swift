import FleetModel
import TerminalView

/// A rehearsal's report for people, as one HTML page that needs nothing else: no script, no font, no network.
struct RehearsalPage {
    private let answer: RehearsalAnswer
    private let fleet: Fleet

    init(_ answer: RehearsalAnswer, _ fleet: Fleet) {
        self.answer = answer
        self.fleet = fleet
    }

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Rehearsal of \(Self.escaped(answer.fleet)): \(answer.verdict.rawValue)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <h1>Rehearsal of \(Self.escaped(answer.fleet))</h1>
        <p class="verdict \(answer.verdict.rawValue)">\(verdict)</p>
        \(section("What happened when", RehearsalTimeline(answer).svg))
        \(section("The fleet", FleetPicture(fleet, answer).html))
        \(section("Act by act", answer.acts.map(act).joined(separator: "\n")))
        \(section("What a rehearsal can't show", list(answer.notShown)))
        <footer>slipway \(Version.current), against an emulated AWS on one machine. Times are this machine's.</footer>
        </body>
        </html>

        """
    }

    private var verdict: String {
        let played = answer.acts.filter { $0.state == .passed }.count
        let failed = answer.acts.filter { $0.state == .failed }
        let whole = "\(played) of \(answer.acts.count) acts passed in \(RehearsalAnswer.time(answer.lasted))"
        let calls = answer.acts.flatMap(\.traffic)
        let met = calls.map(\.calls).reduce(0, +)
        let lost = calls.map(\.failed).reduce(0, +)
        let traffic =
            calls.isEmpty ? "" : " Clients made \(met) calls meanwhile; \(lost == 0 ? "none" : "\(lost)") failed."
        let trouble = failed.map { " Failed: \($0.title.lowercasedFirst)." }.joined()
        let without = answer.withoutContainers.map { " Without containers: \($0)." } ?? ""
        return Self.escaped("\(answer.verdict.rawValue.uppercasedFirst). \(whole).\(traffic)\(trouble)\(without)")
    }

    private func act(_ act: RehearsalRecord) -> String {
        let time = act.state == .omitted ? "" : RehearsalAnswer.time(act.lasted)
        let problems = act.problems.map { Self.pre(ProblemView.text($0), class: "problem") }.joined() + "</ul>"
    }

    /// Lines as they are.
    private static func pre(_ text: String, class name: String = "said") -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
        return "<pre class=\"\(name)\">\(lines.joined(separator: "\n"))</pre>"
    }

    static func escaped(_ text: String) -> String {
        VisibleText.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
        h1{margin:0 0 .5rem}h2{margin:2.2rem 0 .6rem;border-bottom:1px solid #d8dee4}h3{margin:0;font-size:1rem}
        small{font-weight:400;color:#57606a}pre{white-space:pre-wrap;font-size:.8rem;background:#f6f8fa;padding:.7rem;margin:.5rem 0}
        .verdict{padding:.8rem 1rem;border-left:.4rem solid;background:#f6f8fa;font-size:1.1rem}
        .verdict.passed{border-color:#1a7f37}.verdict.failed{border-color:#cf222e}.verdict.interrupted{border-color:#9a6700}
        article{padding:.5rem 0 .5rem 1rem;border-left:.25rem solid #d8dee4;margin:.6rem 0}
        article.passed{border-color:#1a7f37}article.failed{border-color:#cf222e}article.interrupted{border-color:#9a6700}
        article.omitted{color:#57606a}.problem{background:#ffebe9}ul{margin:.3rem 0;padding-left:1.2rem}
        svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#1b1f24}
        .fleet{display:flex;flex-wrap:wrap;gap:1rem}.fleet>div{flex:1 1 16rem;border:1px solid #8c959f;border-radius:.5rem;padding:.7rem}
        .clients{text-align:center;border:1px solid #8c959f;border-radius:2rem;padding:.3rem 1rem;width:fit-content;margin:0 auto .2rem}
        .arrow{text-align:center;color:#57606a}.box{background:#ddf4ff;border-radius:.3rem;padding:.4rem .6rem;margin:.2rem 0;font-size:.9rem}
        footer{margin:3rem 0 1rem;color:#57606a;font-size:.85rem}
        """
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    fileprivate var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
