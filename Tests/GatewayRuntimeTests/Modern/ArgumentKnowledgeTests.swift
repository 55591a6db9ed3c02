import MCPWire
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `What is known of mirrored arguments` {
    private typealias Verdict = ArgumentKnowledge.Verdict

    private var knowledge = ArgumentKnowledge()
    private let start = NIODeadline.now()

    private static func tools(_ header: String) throws -> [String: MirroredArguments] {
        let schema = ByteBuffer(string: #"{"properties":{"region":{"type":"string","x-mcp-header":"\#(header)"}}}"#)
        let object = try #require(JSONObject(in: schema))
        return ["t": try #require(MirroredArguments(schema: object, in: schema))]
    }

    /// Judges a call with the argument `west` and this header, so long after the start.
    private mutating func judge(
        _ header: String?,
        tool: String = "t",
        after time: TimeAmount = .zero
    ) throws -> (verdict: Verdict, asks: Bool) {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":{}}"#
        let params = #"{"name":"\#(tool)","arguments":{"region":"west"},\#(meta)}"#
        let text = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#
        let call = try ModernRequest(ScannedMessage(scanning: ByteBuffer(string: text)))
        return knowledge.judge(call, now: start + time) { $0 == "Mcp-Param-Region" ? header.map { [$0] } ?? [] : [] }
    }

    private mutating func expect(
        _ verdict: Verdict,
        asks: Bool = false,
        _ header: String?,
        tool: String = "t",
        after time: TimeAmount = .zero
    ) throws {
        let judged = try judge(header, tool: tool, after: time)
        #expect(judged.verdict == verdict && judged.asks == asks)
    }

    private func isRefusal(_ verdict: Verdict) -> Bool {
        if case .refuse = verdict { true } else { false }
    }

    @Test mutating func `is asked for once, by the first call`() throws {
        try expect(.wait, asks: true, "west")
        try expect(.wait, "west")
        knowledge.listed(try Self.tools("Region"), now: start)
        try expect(.pass, "west")
        try expect(.pass, nil, tool: "another")
        let (verdict, asks) = try judge("east")
        #expect(isRefusal(verdict) && !asks)
        #expect(isRefusal(try judge(nil).verdict))
    }

    @Test mutating func `refuses nobody once it is old, before the server was asked anew`() throws {
        try expect(.wait, asks: true, "west")
        knowledge.listed(try Self.tools("Region"), now: start)
        try expect(.pass, "west", after: .hours(1))
        try expect(.wait, asks: true, "east", after: .seconds(11))
        knowledge.listed(try Self.tools("Other"), now: start + .seconds(11))
        try expect(.pass, "west", tool: "another", after: .seconds(12))
        #expect(isRefusal(try judge("west", after: .seconds(12)).verdict), "it is Mcp-Param-Other now")
    }

    @Test mutating func `is asked for anew when the tools changed, also while they are listed`() throws {
        try expect(.wait, asks: true, "west")
        knowledge.listed([:], now: start)
        knowledge.outdated()
        try expect(.wait, asks: true, "west")
        knowledge.outdated()
        try expect(.wait, "west")
        knowledge.listed([:], now: start)
        try expect(.wait, asks: true, "west")
        knowledge.listed([:], now: start)
        try expect(.pass, nil)
    }

    @Test mutating func `holds nobody up where the server does not list its tools`() throws {
        try expect(.wait, asks: true, "east")
        knowledge.failed(now: start)
        try expect(.pass, "east", after: .seconds(59))
        try expect(.pass, asks: true, "east", after: .seconds(61))
        try expect(.pass, "east", after: .seconds(61))
        knowledge.listed(try Self.tools("Region"), now: start + .seconds(62))
        #expect(isRefusal(try judge("east", after: .seconds(63)).verdict))
    }

    @Test mutating func `is kept where the server fails to list its tools again`() throws {
        try expect(.wait, asks: true, "west")
        knowledge.listed(try Self.tools("Region"), now: start)
        try expect(.wait, asks: true, "east", after: .seconds(11))
        // Only what looks wrong waits for the new list.
        try expect(.pass, "west", after: .seconds(11))
        knowledge.failed(now: start + .seconds(12))
        #expect(isRefusal(try judge("east", after: .seconds(13)).verdict))
        try expect(.wait, asks: true, "east", after: .seconds(23))
        knowledge.stopWaiting()
        #expect(isRefusal(try judge("east", after: .seconds(24)).verdict))
    }

    @Test mutating func `comes late without holding anybody up`() throws {
        try expect(.wait, asks: true, "east")
        knowledge.stopWaiting()
        try expect(.pass, "east")
        knowledge.listed(try Self.tools("Region"), now: start)
        #expect(isRefusal(try judge("east").verdict))
    }
}
