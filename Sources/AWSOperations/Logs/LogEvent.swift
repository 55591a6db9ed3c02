/// A line of a region's log.
package struct LogEvent: Sendable, Equatable {
    package let region: String
    /// Milliseconds since 1970.
    package let time: Int
    /// `ecs/<container>/<task>`, where ECS made it.
    package let stream: String
    package let message: String
    /// CloudWatch's own name for it, the same however often it is read.
    package let id: String

    package init(region: String, time: Int, stream: String, message: String, id: String) {
        self.region = region
        self.time = time
        self.stream = stream
        self.message = message
        self.id = id
    }

    /// The task's id, else the stream's whole name.
    package var task: String { parts.map(\.task) ?? stream }

    package var container: String? { parts.map(\.container) }

    private var parts: (container: String, task: String)? {
        let names = stream.split(separator: "/").map(String.init)
        return names.count == 3 && names[0] == "ecs" ? (names[1], names[2]) : nil
    }
}
