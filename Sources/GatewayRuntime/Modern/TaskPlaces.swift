/// Tasks that the server of this replica began, the latest of them, and for whom: `tasks/get`, `tasks/update` and
/// `tasks/cancel` name theirs in `Mcp-Name` so that they can be brought to the replica that has it (MCP tasks extension,
/// SEP-2663). The server can't tell callers apart, so the gateway keeps a task to the one it was begun for.
struct TaskPlaces {
    /// How many tasks are remembered.
    static let most = 10_000

    private var callers: [String: Caller] = [:]
    private var order: [String] = []

    mutating func began(_ task: String, for caller: Caller) {
        if order.count >= Self.most {
            for old in order.prefix(Self.most / 2) { callers[old] = nil }
            order.removeFirst(Self.most / 2)
        }
        if callers.updateValue(caller, forKey: task) == nil { order.append(task) }
    }

    /// Whom a task was begun for; `nil` where it was not begun here, or long ago.
    func caller(of task: String) -> Caller? { callers[task] }
}
