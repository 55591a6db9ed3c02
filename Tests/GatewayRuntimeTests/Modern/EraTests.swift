import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `The era of a POST` {
    static let modernBody = """
        {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
        """
    private static let legacyBody = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
    private static let initialize = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#

    private func era(_ body: String, _ version: String?) throws -> Era {
        let headers: HTTPHeaders = version.map { ["mcp-protocol-version": $0] } ?? [:]
        return try Era(of: PostedMessages(ByteBuffer(string: body), headers: headers), headers: headers)
    }

    @Test func `is what the body says, whatever the header says`() throws {
        #expect(try era(Self.modernBody, nil) == .modern)
        #expect(try era(Self.modernBody, "2025-11-25") == .modern)
        #expect(try era(Self.modernBody, "2026-07-28") == .modern)
        #expect(try era(Self.legacyBody, nil) == .legacy)
        #expect(try era(Self.initialize, "2025-06-18") == .legacy)
    }

    @Test(arguments: [
        ("[\(modernBody)]", nil, Refusal.eraMixed),
        ("[\(legacyBody)]", "2026-07-28", .batchNotAllowed),
        (legacyBody, "2099-01-01", .unsupportedVersion("2099-01-01")),
        (
            #"{"jsonrpc":"2.0","id":1,"result":{}}"#, "2026-07-28",
            .invalid("a client sends no responses in this revision")
        ),
    ])
    func `is refused where it can't be served`(body: String, version: String?, refusal: Refusal) {
        #expect(throws: refusal) { try era(body, version) }
    }

    @Test func `of a header without a body to it is told apart by the method`() throws {
        #expect(throws: Refusal.self) { try era(Self.legacyBody, "2026-07-28") }
        do {
            _ = try era(Self.legacyBody, "2026-07-28")
        } catch let refusal as Refusal {
            #expect(refusal.error.code == JSONRPCError.invalidParams)
        }
        do {
            _ = try era(Self.initialize, "2026-07-28")
        } catch let refusal as Refusal {
            #expect(refusal.error.code == JSONRPCError.headerMismatch)
        }
        #expect(try era(#"{"jsonrpc":"2.0","method":"notifications/x"}"#, "2026-07-28") == .modern)
    }
}
