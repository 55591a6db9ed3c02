import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The introduction of a stdio server` {
    private static let initialized =
        #"{"jsonrpc":"2.0","id":"slipway-initialize","result":{"protocolVersion":"2025-11-25","#
        + #""capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":false},"tasks":{"list":{}}},"#
        + #""serverInfo":{"name":"s","version":"1"},"instructions":"say \"hi\""}}"#
    private static let discovered =
        #"{"jsonrpc":"2.0","id":"slipway-discover","result":{"resultType":"complete","capabilities":{"#
        + #""tools":{"listChanged":true},"prompts":{},"resources":{"listChanged":false}}}}"#

    private static func failure(_ id: String) -> String {
        #"{"jsonrpc":"2.0","id":"\#(id)","error":{"code":-32601,"message":"no"}}"#
    }

    private func heard(_ introduction: inout Introduction, _ text: String) throws -> Introduction.Outcome? {
        introduction.received(try ScannedMessage(scanning: ByteBuffer(string: text)))
    }

    @Test func `asks both ways at once where the era is not known`() throws {
        let lines = Introduction(capabilities: #"{"roots":{}}"#, probes: true).lines
        let methods = try lines.map { line in
            try ScannedMessage(scanning: line.getSlice(at: 0, length: line.readableBytes - 1) ?? line).envelope.method
                .name
        }
        #expect(methods == ["server/discover", "initialize"])
        #expect(
            lines.allSatisfy { String(buffer: $0).hasSuffix("}\n") && String(buffer: $0).contains(#"{"roots":{}}"#) })
        #expect(Introduction(capabilities: "{}", probes: false).lines.count == 1)
    }

    @Test func `is modern as soon as it answers as a modern one`() throws {
        var introduction = Introduction(capabilities: "{}", probes: true)
        guard case .modern(let greeting)? = try heard(&introduction, Self.discovered) else { throw Unexpected() }
        #expect(greeting.offersTools && greeting.announces == SubscriptionFilter(lists: ["tools"], resources: []))
    }

    @Test func `takes what a modern server does not say for what it does not have`() throws {
        let silent = #"{"jsonrpc":"2.0","id":"slipway-discover","result":{"capabilities":{"prompts":{}}}}"#
        let greeting = ModernGreeting(try ScannedMessage(scanning: ByteBuffer(string: silent)))
        #expect(!greeting.offersTools && greeting.announces == nil)
    }

    @Test func `is legacy once it was initialized and knows no discovery, in either order`() throws {
        var one = Introduction(capabilities: "{}", probes: true)
        #expect(try heard(&one, Self.failure("slipway-discover")) == nil)
        guard case .legacy(let greeting)? = try heard(&one, Self.initialized) else { throw Unexpected() }
        #expect(greeting.capabilities == #"{"tools":{"listChanged":true},"resources":{"subscribe":false}}"#)
        #expect(greeting.offers("tools") && greeting.offers("tools", "listChanged"))
        #expect(
            greeting.offers("resources") && !greeting.offers("resources", "subscribe") && !greeting.offers("prompts"))
        var other = Introduction(capabilities: "{}", probes: true)
        #expect(try heard(&other, Self.initialized) == nil)
        #expect(other.awaitsDiscovery)
        #expect(try heard(&other, Self.failure("slipway-discover")) == .legacy(greeting))
    }

    @Test func `does not wait for ever for an answer that may never come`() throws {
        var introduction = Introduction(capabilities: "{}", probes: true)
        #expect(try heard(&introduction, Self.initialized) == nil)
        guard case .legacy? = introduction.discoveryTimedOut() else { throw Unexpected() }
    }

    @Test func `has failed where the server refuses both`() throws {
        var introduction = Introduction(capabilities: "{}", probes: true)
        #expect(try heard(&introduction, Self.failure("slipway-initialize")) == nil)
        #expect(try heard(&introduction, Self.failure("slipway-discover")) == .refused)
    }

    @Test func `makes a discovery of what the server said`() throws {
        var introduction = Introduction(capabilities: "{}", probes: false)
        guard case .legacy(let greeting)? = try heard(&introduction, Self.initialized) else { throw Unexpected() }
        #expect(
            String(buffer: greeting.discovery(for: .text("d")))
                == #"{"jsonrpc":"2.0","id":"d","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"#
                + #""capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":false}},"#
                + #""instructions":"say \"hi\"","ttlMs":0,"cacheScope":"private","#
                + #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s","version":"1"}}}}"#
        )
    }

    struct Unexpected: Error {}
}
