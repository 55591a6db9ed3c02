import MCPWire
import NIOCore

/// The events that a session's client may come back for, bounded in number, bytes and age; the oldest go first.
///
/// Only what was meant for a stream is kept, so a session that does not stream pays for nothing, and one with a quiet
/// GET stream for this object alone.
final class EventRecord {
    static let mostEvents = 256
    static let mostBytes = 1024 * 1024
    /// How long an event is kept, and how long a call goes on for a client that left its stream.
    static let memory: TimeAmount = .minutes(5)

    private struct Kept {
        let stream: UInt32
        let sequence: UInt32
        let event: ByteBuffer
        let isLast: Bool
        let time: NIODeadline
    }

    /// Tells this record's ids from those of every other.
    let name: UInt64
    private let budget: EventBudget
    private var sequence: UInt32 = 0
    private var kept: CircularBuffer<Kept> = []
    private var bytes = 0

    /// The part of a name that says whose the record is.
    private static let owner: UInt64 = 0xFFFF_FFFF_0000_0000

    /// - Parameter session: whose record it is. A session that moves or rests begins another.
    init(of session: SessionUID = .random(), budget: EventBudget) {
        name = session.low & Self.owner | UInt64.random(in: .min ... .max) & ~Self.owner
        self.budget = budget
    }

    deinit { budget.bytes -= bytes }

    /// Whether an event was written by this session, to this record or an earlier one.
    func isOwn(_ event: EventID) -> Bool { event.record & Self.owner == name & Self.owner }

    /// The id of the next event on a stream.
    func nextID(on stream: UInt32, answering request: MessageID?) -> EventID {
        sequence &+= 1
        return EventID(record: name, stream: stream, sequence: sequence, request: request)
    }

    /// Keeps an event as it was, or would have been, written. `isLast`: nothing follows on its stream.
    func keep(_ event: ByteBuffer, as id: EventID, isLast: Bool, now: NIODeadline) {
        let size = event.readableBytes
        guard size <= Self.mostBytes else { return }
        while !kept.isEmpty, kept.count >= Self.mostEvents || bytes + size > Self.mostBytes || !budget.holds(size) {
            dropOldest()
        }
        guard budget.holds(size) else { return }
        kept.append(Kept(stream: id.stream, sequence: id.sequence, event: event, isLast: isLast, time: now))
        bytes += size
        budget.bytes += size
    }

    /// What followed an event on its own stream, as far as it is kept, and whether the stream's end is among it.
    /// Nothing for an id of another record.
    func events(after id: EventID) -> (events: [ByteBuffer], hasLast: Bool) {
        guard id.record == name else { return ([], false) }
        let found = kept.filter { $0.stream == id.stream && $0.sequence > id.sequence }
        return (found.map(\.event), found.last?.isLast ?? false)
    }

    /// Drops what is too old.
    func expire(now: NIODeadline) {
        guard let oldest = kept.first, now - oldest.time > Self.memory else { return }
        while let oldest = kept.first, now - oldest.time > Self.memory { dropOldest() }
        if kept.isEmpty { kept = [] }
    }

    private func dropOldest() {
        let size = kept.removeFirst().event.readableBytes
        bytes -= size
        budget.bytes -= size
    }
}

/// The bytes that all sessions of a replica may keep for clients that come back.
final class EventBudget {
    static let most = 64 * 1024 * 1024

    var bytes = 0

    func holds(_ more: Int) -> Bool { bytes + more <= Self.most }
}
