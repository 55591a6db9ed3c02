import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `The ladder of a modern request` {
    private static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
        + #""io.modelcontextprotocol/clientCapabilities":{}}"#
    private static let call =
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"écho",\#(meta)}}"#
    private static let headers: HTTPHeaders = [
        "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "=?base64?w6ljaG8=?=",
    ]

    private func code(_ body: String, _ headers: HTTPHeaders) throws -> Int? {
        do {
            _ = try ModernLadder.climb(ScannedMessage(scanning: ByteBuffer(string: body)), headers)
            return nil
        } catch let refusal as Refusal {
            return refusal.error.code
        }
    }

    private func changed(_ name: String, _ value: String?) -> HTTPHeaders {
        var headers = Self.headers
        headers.remove(name: name)
        if let value { headers.add(name: name, value: value) }
        return headers
    }

    @Test func `lets a request through whose headers say what its body says`() throws {
        #expect(try code(Self.call, Self.headers) == nil)
    }

    @Test(
        arguments: [
            ("mcp-protocol-version", nil), ("mcp-protocol-version", "2025-11-25"), ("mcp-method", nil),
            ("mcp-method", "Tools/call"), ("mcp-name", nil), ("mcp-name", "echo"), ("mcp-name", "=?base64?w6ljaG8?="),
            ("mcp-name", "=?base64?ZcyBY2hv?="),
        ] as [(String, String?)])
    func `refuses a header that is missing or says something else`(name: String, value: String?) throws {
        #expect(try code(Self.call, changed(name, value)) == JSONRPCError.headerMismatch)
    }

    @Test(arguments: ["mcp-protocol-version", "mcp-method", "mcp-name"])
    func `refuses a header that is given twice, even with one value`(name: String) throws {
        var headers = Self.headers
        headers.add(name: name, value: headers.first(name: name) ?? "")
        #expect(try code(Self.call, headers) == JSONRPCError.headerMismatch)
    }

    @Test func `asks for the envelope before it looks at the headers`() throws {
        let bare =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#
        #expect(try code(bare, [:]) == JSONRPCError.invalidParams)
    }

    @Test func `refuses a revision that both name and nobody serves`() throws {
        let body = Self.call.replacing("2026-07-28", with: "2099-01-01")
        #expect(
            try code(body, changed("mcp-protocol-version", "2099-01-01")) == JSONRPCError.unsupportedProtocolVersion)
        #expect(try code(body, Self.headers) == JSONRPCError.headerMismatch)
    }

    @Test(arguments: ["initialize", "ping", "logging/setLevel", "resources/subscribe", "tasks/list"])
    func `knows no method that the revision removed`(method: String) throws {
        let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(Self.meta)}}"#
        let headers: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": method]
        #expect(try code(body, headers) == JSONRPCError.methodNotFound)
    }
}
