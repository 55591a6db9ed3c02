import NIOCore
import Testing

@testable import MCPWire

@Suite struct `A modern request` {
    static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
        + #""io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},"io.modelcontextprotocol/logLevel":"info"}"#

    private func request(_ method: String, _ params: String) throws -> ModernRequest {
        let text = #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":{\#(params)}}"#
        return try ModernRequest(ScannedMessage(scanning: ByteBuffer(string: text)))
    }

    @Test func `is read`() throws {
        let read = try request(
            "tools/call", #""name":"éc\u0068o","requestState":"s","inputResponses":{"a":{"b":[1]}},"# + Self.meta)
        #expect(read.id == .number("7"))
        #expect(read.method == "tools/call")
        #expect(read.protocolVersion == "2026-07-28")
        #expect(read.clientCapabilities == #"{"elicitation":{}}"#)
        #expect(read.declares("elicitation") && !read.declares("sampling"))
        #expect(read.logLevel == "info")
        #expect(read.name == "écho")
        #expect(read.requestState == "s")
        #expect(read.inputResponses == ["a": #"{"b":[1]}"#])
        #expect(read.filter == nil)
    }

    @Test(arguments: [
        ("tools/call", "name"), ("prompts/get", "name"), ("resources/read", "uri"), ("tasks/get", "taskId"),
        ("tasks/cancel", "taskId"), ("tasks/update", "taskId"),
    ])
    func `has a name where one is mirrored`(method: String, parameter: String) throws {
        #expect(try request(method, #""\#(parameter)":"x","# + Self.meta).name == "x")
        #expect(try request("tools/list", #""\#(parameter)":"x","# + Self.meta).name == nil)
    }

    @Test func `says which notifications it listens for`() throws {
        let filter = try request(
            "subscriptions/listen",
            #""notifications":{"toolsListChanged":true,"promptsListChanged":false,"resourceSubscriptions":["a:\n",5,"b:"]},"#
                + Self.meta
        ).filter
        #expect(filter == SubscriptionFilter(lists: ["tools"], resources: ["a:\n", "b:"]))
        #expect(filter?.json == #"{"toolsListChanged":true,"resourceSubscriptions":["a:\n","b:"]}"#)
        #expect(filter?.carries("notifications/tools/list_changed", uri: nil) == true)
        #expect(filter?.carries("notifications/prompts/list_changed", uri: nil) == false)
        #expect(filter?.carries("notifications/resources/updated", uri: "b:") == true)
        #expect(filter?.carries("notifications/resources/updated", uri: "c:") == false)
        #expect(filter?.carries("notifications/message", uri: nil) == false)
    }

    @Test(arguments: [
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#,
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":5}"#,
        #""_meta":{"io.modelcontextprotocol/clientCapabilities":{}}"#, #""_meta":5"#, "",
    ])
    func `names what its envelope lacks`(params: String) {
        #expect(throws: ModernRequest.Refusal.self) { try request("tools/list", params) }
    }
}
