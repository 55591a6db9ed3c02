import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

/// What is kept for a client that comes back.
@Suite struct EventRecordTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func keep(
        _ text: String,
        on stream: UInt32,
        in record: EventRecord,
        isLast: Bool = false,
        now: NIODeadline? = nil
    ) -> EventID {
        let id = record.nextID(on: stream, answering: nil)
        record.keep(ByteBuffer(string: text), as: id, isLast: isLast, now: now ?? start)
        return id
    }

    private func texts(_ found: (events: [ByteBuffer], hasLast: Bool)) -> [String] {
        found.events.map { String(buffer: $0) }
    }

    @Test func `a client gets what followed on the stream of its last event, and nothing of another`() {
        let record = EventRecord(budget: EventBudget())
        let first = keep("a1", on: 1, in: record)
        let other = keep("b1", on: 2, in: record)
        _ = keep("a2", on: 1, in: record)
        let last = keep("a3", on: 1, in: record, isLast: true)
        #expect(texts(record.events(after: first)) == ["a2", "a3"])
        #expect(record.events(after: first).hasLast)
        #expect(record.events(after: other).events.isEmpty)
        #expect(!record.events(after: other).hasLast)
        #expect(record.events(after: last).events.isEmpty)
    }

    @Test func `an id of another record finds nothing`() {
        let (one, two) = (EventRecord(budget: EventBudget()), EventRecord(budget: EventBudget()))
        let foreign = keep("mine", on: 1, in: one)
        _ = keep("yours", on: 1, in: two)
        _ = keep("yours too", on: 1, in: two)
        #expect(two.events(after: foreign).events.isEmpty)
    }

    @Test func `number and bytes are bounded, and the oldest go first`() {
        let record = EventRecord(budget: EventBudget())
        let ids = (0..<300).map { keep("\($0)", on: 1, in: record) }
        #expect(texts(record.events(after: ids[0])).count == EventRecord.mostEvents)
        #expect(texts(record.events(after: ids[0])).first == "\(300 - EventRecord.mostEvents)")
        let large = String(repeating: "x", count: 400_000)
        let ids2 = (0..<3).map { _ in keep(large, on: 2, in: record) }
        #expect(record.events(after: ids[0]).events.isEmpty)
        #expect(record.events(after: EventID(record: record.name, stream: 2, sequence: 0)).events.count == 2)
        _ = keep(String(repeating: "x", count: EventRecord.mostBytes + 1), on: 2, in: record)
        #expect(record.events(after: ids2[0]).events.count == 2)
    }

    @Test func `an event is not kept for longer than a client may take to come back`() {
        let record = EventRecord(budget: EventBudget())
        let first = keep("1", on: 1, in: record)
        let second = keep("2", on: 1, in: record, now: start + .seconds(60))
        _ = keep("3", on: 1, in: record, now: start + .seconds(120))
        record.expire(now: start + EventRecord.memory + .seconds(61))
        #expect(texts(record.events(after: first)) == ["3"])
        #expect(texts(record.events(after: second)) == ["3"])
    }

    @Test func `all sessions together are bounded, and what one held is free when it is gone`() {
        let budget = EventBudget()
        let large = String(repeating: "x", count: 1_000_000)
        do {
            let records = (0..<100).map { _ in EventRecord(budget: budget) }
            for record in records { _ = keep(large, on: 1, in: record) }
            #expect(budget.bytes <= EventBudget.most)
            #expect(budget.bytes > EventBudget.most - 2_000_000)
        }
        #expect(budget.bytes == 0)
    }
}
