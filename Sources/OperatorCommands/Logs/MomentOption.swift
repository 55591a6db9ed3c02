import ArgumentParser
import Foundation

/// A moment as an operator writes it: so long ago (`90s`, `15m`, `2h`, `3d`), or a time (RFC 3339).
enum MomentOption: ExpressibleByArgument, Equatable {
    /// In seconds.
    case ago(Int)
    /// Milliseconds since 1970.
    case at(Int)

    init?(argument: String) {
        if let unit = argument.last.flatMap({ Self.seconds[$0] }), let count = Int(argument.dropLast()),
            (0...100_000).contains(count)
        {
            self = .ago(count * unit)
            return
        }
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        let dates = styles.lazy.compactMap { try? $0.parse(argument) }  // then it is not of this form
        guard let date = dates.first else { return nil }
        self = .at(Int((date.timeIntervalSince1970 * 1000).rounded()))
    }

    private static let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]

    /// Milliseconds since 1970, where it is `now` seconds since then.
    func milliseconds(now: Int) -> Int {
        switch self {
        case .ago(let seconds): (now - seconds) * 1000
        case .at(let time): time
        }
    }
}
