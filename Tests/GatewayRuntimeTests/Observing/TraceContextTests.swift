import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `A request's trace` {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

    @Test func `is that of traceparent`() {
        #expect(TraceContext.traceID(Self.parent) == Self.trace)
        #expect(TraceContext.traceID("cc-\(Self.trace)-00f067aa0ba902b7-01-what-the-future-will-be-like") == Self.trace)
    }

    @Test(
        arguments: [
            "", "00", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-01-more",
            "ff-\(trace)-00f067aa0ba902b7-01", "00-\(trace.uppercased())-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace)-00f067aa0ba902bg-01", "00_\(trace)-00f067aa0ba902b7-01",
        ]
    )
    func `is none where traceparent is not one`(header: String) { #expect(TraceContext.traceID(header) == nil) }

    @Test func `is the root that the load balancer gave`() {
        let root = "1-67891233-abcdef012345678912345678"
        #expect(TraceContext.amazonRoot("Root=\(root)") == root)
        #expect(TraceContext.amazonRoot("Self=1-a-b; Root=\(root);Sampled=1") == root)
        for bad in ["", "Root=", "Root=a b", "Root=a\"b", "Root=" + String(repeating: "a", count: 65), "root=x"] {
            #expect(TraceContext.amazonRoot(bad) == nil)
        }
    }

    @Test func `names the request, the balancer's before the client's before our own`() {
        let names = RequestNames(["Traceparent": Self.parent, "X-Amzn-Trace-Id": "Root=1-a-b"]) { "own" }
        #expect(names == RequestNames(request: "1-a-b", trace: Self.trace))
        #expect(RequestNames(["traceparent": Self.parent]) { "own" }.request == Self.trace)
        #expect(RequestNames(["traceparent": "x", "x-amzn-trace-id": "y"]) { "own" }.request == "own")
    }
}
