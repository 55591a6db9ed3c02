/// How far one region's log has been followed: which lines are new, and from when on to ask again.
///
/// Lines arrive late and out of order, so the last half minute is asked for each time, and what was shown is known by
/// its id. What is remembered is bounded.
package struct LogCursor: Sendable {
    /// How late a line may come, in milliseconds.
    static let lateness = 30_000
    /// How far this machine's clock may differ from AWS's, which refuses signatures beyond five minutes, and more.
    static let clockError = 360_000
    /// How many ids are remembered.
    package static let most = 20_000

    /// Milliseconds since 1970; what the next query begins at.
    package private(set) var start: Int
    private var timeByID: [String: Int] = [:]

    package init(start: Int) {
        self.start = start
    }

    /// The lines that were not here before, in their order. `now` is in milliseconds since 1970.
    package mutating func fresh(of events: [LogEvent], now: Int) -> [LogEvent] {
        var fresh: [LogEvent] = []
        for event in events where event.time >= start && timeByID[event.id] == nil {
            timeByID[event.id] = event.time
            fresh.append(event)
        }
        let newest = events.map(\.time).max() ?? start
        move(to: max(newest - Self.lateness, now - Self.clockError))
        let excess = timeByID.count - Self.most
        if excess > 0 { move(to: timeByID.values.sorted()[excess - 1] + 1) }
        return fresh
    }

    /// Lines before `time` are wanted no more.
    package mutating func move(to time: Int) {
        guard time > start else { return }
        start = time
        timeByID = timeByID.filter { $0.value >= time }
    }
}
