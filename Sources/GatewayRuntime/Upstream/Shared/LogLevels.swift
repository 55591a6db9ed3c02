/// A severity of `logging/setLevel`, the most verbose first (RFC 5424).
enum LogLevel: String, CaseIterable {
    case debug, info, notice, warning, error, critical, alert, emergency

    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The levels that clients asked for. The server is told the most verbose of them.
struct LogLevels {
    private var levelOfSeat: [Multiplexer.Seat: LogLevel] = [:]
    private var told: LogLevel?

    private var wanted: LogLevel? { levelOfSeat.values.min { $0.rank < $1.rank } }

    /// Takes note of a client's level, and says whether the server has to hear of it; then the level is `wanted`.
    mutating func set(_ level: LogLevel, for seat: Multiplexer.Seat) -> LogLevel? {
        levelOfSeat[seat] = level
        return changed()
    }

    /// The server does not take levels, or not this one.
    mutating func refused(_ seat: Multiplexer.Seat?) {
        if let seat { levelOfSeat[seat] = nil }
        told = nil
    }

    /// A seat was given up: the level that the server has to be told now, if another one.
    mutating func leave(_ seat: Multiplexer.Seat) -> LogLevel? {
        levelOfSeat.removeValue(forKey: seat) == nil ? nil : changed()
    }

    private mutating func changed() -> LogLevel? {
        guard let wanted, wanted != told else { return nil }
        told = wanted
        return wanted
    }
}
