import AWSOperations
import Foundation
import TerminalView

/// A line of a log as it is shown: region, task and time before it.
struct LogLine: Encodable {
    let time: String
    let region: String
    let task: String
    let container: String?
    let message: String

    init(_ event: LogEvent) {
        time = Self.words(milliseconds: event.time)
        region = event.region
        task = event.task
        container = event.container
        message = event.message
    }

    /// The moment in UTC, to the millisecond.
    static func words(milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Ends in a line break. `width` is that of the longest region's name.
    func text(width: Int, ink: Ink) -> String {
        let padding = String(repeating: " ", count: max(0, width - region.count))
        let short = VisibleText.line(String(task.prefix(8)))
        return "\(ink.cyan(region))\(padding) \(ink.faint("\(short) \(time)")) \(VisibleText.line(message))\n"
    }
}
