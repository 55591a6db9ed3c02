import MCPWire

/// An MCP method as the log and the metrics name it: the protocol's own by name, everything else as `other`. What a
/// client makes up must not become a label of its own.
struct KnownMethod: Hashable {
    /// Where its name stands in `names`.
    let index: Int

    static let other = KnownMethod(index: 0)
    /// A POST with several messages (revision 2025-03-26).
    static let batch = KnownMethod(index: 1)

    static let names = [
        "other", "batch", "initialize", "ping", "tools/list", "tools/call", "prompts/list", "prompts/get",
        "resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe",
        "completion/complete", "logging/setLevel", "tasks/get", "tasks/result", "tasks/list", "tasks/cancel",
        "tasks/update", "server/discover", "subscriptions/listen", "notifications/initialized",
        "notifications/cancelled", "notifications/progress", "notifications/roots/list_changed",
        "notifications/tasks/status",
    ]

    static let toolsCall = KnownMethod("tools/call")

    private static let indexByName = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })

    init(_ name: String) { self.init(index: Self.indexByName[name] ?? Self.other.index) }

    private init(index: Int) { self.index = index }

    var name: String { Self.names[index] }
}
