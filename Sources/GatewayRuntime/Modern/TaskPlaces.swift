/// Tasks that the server of this replica began, the latest of them: `tasks/get`, `tasks/update` and `tasks/cancel` name
/// theirs in `Mcp-Name` so that they can be brought to the replica that has it (MCP tasks extension, SEP-2663).
struct TaskPlaces {
    /// How many tasks are remembered.
    static let most = 10_000

    private var known: Set<String> = []
    private var order: [String] = []

    mutating func began(_ task: String) {
        if order.count >= Self.most {
            for old in order.prefix(Self.most / 2) { known.remove(old) }
            order.removeFirst(Self.most / 2)
        }
        if known.insert(task).inserted { order.append(task) }
    }

    func has(_ task: String) -> Bool { known.contains(task) }
}
