import NIOHTTP1

/// Which kinds of answer the client's `Accept` allows. A missing field allows JSON, as curl users expect.
struct AcceptedMedia: Equatable {
    private(set) var json = false
    private(set) var eventStream = false

    /// What MCP asks of clients, as most of them write it.
    private static let usual = "application/json, text/event-stream"

    init(_ headers: HTTPHeaders) {
        var isGiven = false
        for (name, value) in headers where MediaType.isSame(name.utf8, "accept") {
            if value == Self.usual {
                (json, eventStream, isGiven) = (true, true, true)
                continue
            }
            for range in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
                isGiven = true
                allow(MediaType.essence(of: range))
            }
        }
        if !isGiven { json = true }
    }

    private mutating func allow(_ kind: Substring.UTF8View) {
        if MediaType.isSame(kind, "application/json") || MediaType.isSame(kind, "application/*")
            || MediaType.isSame(kind, "*/*")
        {
            json = true
        } else if MediaType.isSame(kind, "text/event-stream") || MediaType.isSame(kind, "text/*") {
            eventStream = true
        }
    }
}
