import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The listing of a server's tools` {
    private func page(_ tools: String, cursor: String? = nil) throws -> ScannedMessage {
        let next = cursor.map { #","nextCursor":"\#($0)""# } ?? ""
        let text = #"{"jsonrpc":"2.0","id":"slipway-tools","result":{"tools":[\#(tools)]\#(next)}}"#
        return try ScannedMessage(scanning: ByteBuffer(string: text))
    }

    private func tool(_ name: String, _ header: String? = nil) -> String {
        let mark = header.map { #","x-mcp-header":"\#($0)""# } ?? ""
        return #"{"name":"\#(name)","inputSchema":{"properties":{"a":{"type":"string"\#(mark)}}}}"#
    }

    @Test func `asks in the words of either era`() throws {
        let modern = try ModernRequest(ScannedMessage(scanning: ToolListing(isModern: true).opening))
        #expect(modern.method == "tools/list" && modern.clientCapabilities == "{}")
        #expect(
            String(buffer: ToolListing(isModern: false).opening)
                == #"{"jsonrpc":"2.0","id":"slipway-tools","method":"tools/list","params":{}}"# + "\n")
    }

    @Test func `goes on until the last page, and keeps the tools that mirror something`() throws {
        var listing = ToolListing(isModern: false)
        guard case .ask(let line) = listing.received(try page(tool("a", "A") + "," + tool("b"), cursor: "\\\"2")) else {
            throw Unexpected()
        }
        #expect(String(buffer: line).contains(#""params":{"cursor":"\"2"}"#))
        guard case .listed(let tools) = listing.received(try page(tool("c", "C") + "," + tool("d", "not a token")))
        else {
            throw Unexpected()
        }
        #expect(tools.keys.sorted() == ["a", "c"])
    }

    @Test func `takes the first of two tools of one name`() throws {
        var (both, first) = (ToolListing(isModern: false), ToolListing(isModern: false))
        let listed = both.received(try page(tool("a", "A") + "," + tool("a", "B")))
        #expect(listed == first.received(try page(tool("a", "A"))))
    }

    @Test func `ends, whatever the server says`() throws {
        var listing = ToolListing(isModern: true)
        var steps = 0
        while case .ask = listing.received(try page("", cursor: "again")) { steps += 1 }
        #expect(steps == ToolListing.mostPages - 1)
        for answer in [#""error":{"code":-32601,"message":"no"}"#, #""result":{}"#] {
            var listing = ToolListing(isModern: true)
            let text = #"{"jsonrpc":"2.0","id":"slipway-tools",\#(answer)}"#
            let step = listing.received(try ScannedMessage(scanning: ByteBuffer(string: text)))
            #expect(step == .failed("answers tools/list without tools"))
        }
    }

    @Test func `has its bounds`() throws {
        var tools = ToolListing(isModern: true)
        let many = Array(repeating: "{}", count: ToolListing.mostTools).joined(separator: ",")
        #expect(
            tools.received(try page(many + "," + tool("a", "A")))
                == .failed("has more than \(ToolListing.mostTools) tools"))
        var bytes = ToolListing(isModern: true)
        let half = #""\#(String(repeating: "x", count: ToolListing.mostBytes / 2))""#
        guard case .ask = bytes.received(try page(half, cursor: "2")) else { throw Unexpected() }
        #expect(bytes.received(try page(half)) == .failed("has tools of more than \(ToolListing.mostBytes) bytes"))
    }
}

private struct Unexpected: Error {}
