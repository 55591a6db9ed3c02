import NIOCore

/// Which notifications a `subscriptions/listen` stream carries (MCP 2026-07-28, patterns/subscriptions).
package struct SubscriptionFilter: Equatable, Sendable {
    /// URIs a stream may name; those beyond are not honoured.
    package static let mostResources = 1024

    /// `tools`, `prompts`, `resources`: the lists whose changes are told.
    package var lists: Set<String>
    /// The resources whose updates are told.
    package var resources: [String]

    private static let keys = [
        ("tools", "toolsListChanged"), ("prompts", "promptsListChanged"), ("resources", "resourcesListChanged"),
    ]

    package init(lists: Set<String>, resources: [String]) {
        self.lists = lists
        self.resources = resources
    }

    /// Every list, and no resource.
    package static let all = SubscriptionFilter(lists: Set(keys.map(\.0)), resources: [])

    init(_ object: JSONObject?, in text: ByteBuffer) {
        lists = Set(Self.keys.filter { key in object?[key.1].map { text.json(at: $0) } == "true" }.map(\.0))
        resources = object?["resourceSubscriptions"].flatMap { Self.strings(at: $0, in: text) } ?? []
    }

    private static func strings(at range: Range<Int>, in text: ByteBuffer) -> [String]? {
        guard let array = text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count) else {
            return nil
        }
        guard MessageBatch.isBatch(array.readableBytesUInt8Span) else { return nil }
        do throws(MalformedJSON) {
            return try MessageBatch.split(array.readableBytesUInt8Span, limit: mostResources)
                .compactMap { JSONObject.string(at: $0.lowerBound, in: array) }
        } catch {
            return nil
        }
    }

    /// The filter as JSON, as the acknowledgement of the stream gives it.
    package var json: String {
        var members = Self.keys.filter { lists.contains($0.0) }.map { #""\#($0.1)":true"# }
        if !resources.isEmpty {
            members.append(#""resourceSubscriptions":[\#(resources.map(JSONText.quoted).joined(separator: ","))]"#)
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// The member of `_meta` that names a stream, brackets excluded: its request's id.
    package static func tag(_ id: MessageID) -> String {
        "\(JSONText.quoted(ModernRequest.MetaKey.subscriptionID)):\(id.json)"
    }

    /// The result with which a server ends a stream.
    package static func ending(of id: MessageID) -> ByteBuffer {
        let result = #"{"resultType":"complete","_meta":{\#(tag(id))}}"#
        return ByteBuffer(string: #"{"jsonrpc":"2.0","id":\#(id.json),"result":\#(result)}"#)
    }

    /// Whether the stream carries a notification of this method; `uri` is that of an updated resource.
    package func carries(_ method: String, uri: String?) -> Bool {
        if method == "notifications/resources/updated" {
            return uri.map { uri in resources.contains { $0.isSpelled(as: uri) } } ?? false
        }
        return lists.contains { method == "notifications/\($0)/list_changed" }
    }
}
