import FleetModel
import Synchronization

/// What came of each act so far, and how long since the beginning.
final class RehearsalLog: Sendable {
    private let began: Duration
    private let elapsed: @Sendable () -> Duration
    private let records = Mutex<[RehearsalRecord]>([])

    init(elapsed: @escaping @Sendable () -> Duration) {
        self.elapsed = elapsed
        began = elapsed()
    }

    /// Seconds since the beginning.
    var now: Double {
        let time = (elapsed() - began).components
        return Double(time.seconds) + Double(time.attoseconds) / 1e18
    }

    var acts: [RehearsalRecord] { records.withLock { $0 } }
    var hasFailed: Bool { acts.contains { $0.state == .failed } }

    func record(of stage: RehearsalStage) -> RehearsalRecord {
        RehearsalRecord(stage: stage, title: stage.title, state: .passed, began: now, lasted: 0)
    }

    /// Ends an act.
    func add(_ record: RehearsalRecord) {
        var record = record
        record.lasted = now - record.began
        records.withLock { $0.append(record) }
    }

    /// Says later what went wrong in an act that has ended.
    func fail(_ stage: RehearsalStage, _ problem: Problem) {
        records.withLock { records in
            guard let index = records.firstIndex(where: { $0.stage == stage }) else { return }
            records[index].state = .failed
            records[index].problems.append(problem)
        }
    }
}
