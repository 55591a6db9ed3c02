import FleetModel
import Synchronization

/// Clients of both eras that call every region while something is done to it.
struct Traffic: Sendable {
    /// A group of clients that differ in nothing.
    struct Lane: Sendable {
        let region: String
        let caller: TrafficCaller
        let clients: Int
    }

    let lanes: [Lane]

    /// Does some work under the clients' calls; returns what each lane met from the first call to the last.
    func during(_ work: @escaping @Sendable () async throws -> Void) async throws -> [TrafficTally] {
        let tallies = TrafficTallies(
            lanes.map { TrafficTally(region: $0.region, revision: $0.caller.revision, clients: $0.clients) })
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            for (index, lane) in lanes.enumerated() {
                for _ in 0..<lane.clients {
                    tasks.addTask {
                        await lane.caller.run { tallies.take($0, in: index) }
                        return false
                    }
                }
            }
            tasks.addTask {
                try await work()
                return true
            }
            defer { tasks.cancelAll() }
            while let isDone = try await tasks.next(), !isDone {}
        }
        return tallies.all
    }
}

/// The lanes' tallies, as the calls of all clients come in.
private final class TrafficTallies: Sendable {
    private let tallies: Mutex<[TrafficTally]>

    init(_ tallies: [TrafficTally]) {
        self.tallies = Mutex(tallies)
    }

    var all: [TrafficTally] { tallies.withLock { $0 } }

    func take(_ call: TrafficCall, in lane: Int) { tallies.withLock { $0[lane].take(call) } }
}
