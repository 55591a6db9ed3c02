/// Values that were used lately, in bounded room. The older half is forgotten when the newer one is full, but for what
/// was used meanwhile.
struct RecentValues<Key: Hashable, Value> {
    private struct Entry {
        let value: Value
        let cost: Int
    }

    private let room: Int
    private var newer: [Key: Entry] = [:]
    private var older: [Key: Entry] = [:]
    private var cost = 0

    /// - Parameter room: what all of them may cost, in the unit in which each is inserted.
    init(room: Int) { self.room = room }

    subscript(key: Key) -> Value? {
        mutating get {
            if let entry = newer[key] { return entry.value }
            guard let entry = older.removeValue(forKey: key) else { return nil }
            insert(entry.value, for: key, cost: entry.cost)
            return entry.value
        }
    }

    mutating func insert(_ value: Value, for key: Key, cost: Int) {
        let replaced = newer.updateValue(Entry(value: value, cost: cost), forKey: key)
        self.cost += cost - (replaced?.cost ?? 0)
        guard self.cost > room / 2 else { return }
        older = newer
        newer = [:]
        self.cost = 0
    }
}
