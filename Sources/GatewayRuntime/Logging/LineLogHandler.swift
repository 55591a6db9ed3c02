import Logging
import MCPWire

/// How log lines look.
package enum LogFormat: String, Sendable, CaseIterable {
    /// One JSON object a line, for machines.
    case json
    /// Time, level, message and fields, for people.
    case text
}

/// Writes each record as one whole line to standard error.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let format: LogFormat

    package init(format: LogFormat, level: Logger.Level) {
        self.format = format
        self.logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let line =
            switch format {
            case .json: Self.json(event.level, "\(event.message)", fields)
            case .text: Self.text(event.level, "\(event.message)", fields)
            }
        LogStream.standardError.append(line.utf8)
    }

    private static func json(_ level: Logger.Level, _ message: String, _ fields: [Logger.Metadata.Element]) -> String {
        let rest = fields.map { ",\(JSONText.quoted($0.key)):\(JSONText.quoted("\($0.value)"))" }.joined()
        let head = #"{"time":"\#(WallClock.timestamp)","level":"\#(level)","message":"#
        return head + JSONText.quoted(message) + rest + "}\n"
    }

    private static func text(_ level: Logger.Level, _ message: String, _ fields: [Logger.Metadata.Element]) -> String {
        let time = WallClock.timestamp.dropFirst(11).prefix(12)
        let rest = fields.map { "  \($0.key)=\($0.value)" }.joined()
        let printable = (message + rest).map { $0.isNewline ? " " : $0 }
        return "\(time) \(level) \(String(printable))\n"
    }
}
