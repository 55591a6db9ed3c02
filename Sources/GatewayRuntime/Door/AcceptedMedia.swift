import NIOHTTP1

/// Which kinds of answer the client's `Accept` allows. A missing field allows JSON, as curl users expect.
struct AcceptedMedia: Equatable {
    let json: Bool
    let eventStream: Bool

    init(_ headers: HTTPHeaders) {
        let kinds = headers[canonicalForm: "accept"].map {
            $0.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        }
        let anything = kinds.isEmpty || kinds.contains("*/*")
        json = anything || kinds.contains("application/json") || kinds.contains("application/*")
        eventStream = kinds.contains("text/event-stream") || kinds.contains("text/*")
    }
}
