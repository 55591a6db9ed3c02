/// The acts of a rehearsal as bars over time, in SVG.
struct RehearsalTimeline {
    private let acts: [RehearsalRecord]
    private let lasted: Double

    /// In the picture's own units.
    private static let (left, right, row, width) = (120.0, 70.0, 22.0, 900.0)

    init(_ answer: RehearsalAnswer) {
        acts = answer.acts.filter { $0.state != .omitted }
        lasted = max(1, answer.lasted)
    }

    var svg: String {
        let height = Self.row * Double(acts.count) + 30
        let lines = ticks.map(tick) + acts.enumerated().map { bar($1, Self.row * Double($0) + 4) }
        return "<svg viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\" aria-label=\"The acts over time\">\n"
            + lines.joined(separator: "\n") + "\n</svg>"
    }

    private func x(_ seconds: Double) -> Double {
        (Self.left + seconds / lasted * (Self.width - Self.left - Self.right)).rounded()
    }

    /// Every so many seconds, so that there are at most ten.
    private var ticks: [Double] {
        let step = [1.0, 5, 10, 30, 60, 120, 300, 600, 3600].first { lasted / $0 <= 10 } ?? 7200
        return Array(stride(from: 0, through: lasted, by: step))
    }

    private func tick(_ seconds: Double) -> String {
        let bottom = Self.row * Double(acts.count) + 4
        let place = x(seconds)
        let label = seconds < 60 ? "\(Int(seconds)) s" : "\(Int(seconds) / 60):\(Self.twoDigits(Int(seconds) % 60))"
        return "<line x1=\"\(place)\" y1=\"0\" x2=\"\(place)\" y2=\"\(bottom)\" stroke=\"#d8dee4\"/>"
            + "<text x=\"\(place)\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(label)</text>"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func bar(_ act: RehearsalRecord, _ y: Double) -> String {
        let start = x(act.began)
        let length = max(2, x(act.began + act.lasted) - start)
        return "<text x=\"0\" y=\"\(y + 12)\">\(act.stage.rawValue)</text>"
            + "<rect x=\"\(start)\" y=\"\(y)\" width=\"\(length)\" height=\"16\" rx=\"2\" fill=\"\(colour(act.state))\">"
            + "<title>\(RehearsalPage.escaped(act.title))</title></rect>"
            + "<text x=\"\(start + length + 4)\" y=\"\(y + 12)\">\(RehearsalAnswer.time(act.lasted))</text>"
    }

    private func colour(_ state: RehearsalRecord.State) -> String {
        switch state {
        case .passed: "#1a7f37"
        case .failed: "#cf222e"
        case .interrupted: "#9a6700"
        case .omitted: "#8c959f"
        }
    }
}
