import FleetModel
import Synchronization

/// What is noted while an act is played, by whatever takes part in it.
final class RehearsalNotes: Sendable {
    private let record: Mutex<RehearsalRecord>

    init(_ record: RehearsalRecord) {
        self.record = Mutex(record)
    }

    var all: RehearsalRecord { record.withLock { $0 } }

    /// A sentence or a row of what was seen.
    func add(fact: String) { record.withLock { $0.facts.append(fact) } }

    /// What slipway said.
    func add(transcript: String) { record.withLock { $0.transcript += transcript } }

    /// What clients met.
    func add(traffic: [TrafficTally]) {
        record.withLock { record in
            record.traffic += traffic
            record.facts += traffic.map(\.words)
        }
    }
}
