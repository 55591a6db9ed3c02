import NIOHTTP1

/// What a request is called: in the log, in `X-Request-Id`, and on the replica it is passed on to.
struct RequestNames: Equatable {
    /// The balancer's trace root, or the trace of `traceparent`, or a name of the gateway's own.
    let request: String
    /// The trace id of `traceparent`.
    let trace: String?

    /// - Parameter own: makes a name for a request that brings none.
    init(_ headers: HTTPHeaders, own: () -> String) {
        var root: String?
        var trace: String?
        // One walk over the fields; by length first, because this is done for every call.
        for (name, value) in headers {
            switch name.utf8.count {
            case 11 where trace == nil && name.lowercased() == "traceparent": trace = TraceContext.traceID(value)
            case 15 where root == nil && name.lowercased() == "x-amzn-trace-id": root = TraceContext.amazonRoot(value)
            default: break
            }
        }
        self.trace = trace
        request = root ?? trace ?? own()
    }

    init(request: String, trace: String?) {
        self.request = request
        self.trace = trace
    }
}
