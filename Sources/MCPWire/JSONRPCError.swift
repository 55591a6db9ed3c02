import NIOCore

/// A JSON-RPC error that the gateway itself gives.
package struct JSONRPCError: Error, Equatable, Sendable {
    package let code: Int
    package let message: String
    /// More about the error, as JSON.
    package let data: String?

    package init(code: Int, message: String, data: String? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The error as a response to the request `id`; to none in particular where it is `nil`.
    package func response(to id: MessageID?) -> ByteBuffer {
        ByteBuffer(
            string: """
                {"jsonrpc":"2.0","id":\(id?.json ?? "null"),\
                "error":{"code":\(code),"message":\(JSONText.quoted(message))\(data.map { ",\"data\":\($0)" } ?? "")}}
                """
        )
    }

    /// Codes of JSON-RPC 2.0 (section 5.1), and the one that editors' protocols use for a cancelled request.
    package static let parseError = -32700
    package static let invalidRequest = -32600
    package static let methodNotFound = -32601
    package static let invalidParams = -32602
    package static let internalError = -32603
    package static let cancelled = -32800

    /// Codes of MCP 2026-07-28 (basic/index, "Error codes").
    package static let headerMismatch = -32020
    package static let missingClientCapability = -32021
    package static let unsupportedProtocolVersion = -32022
}
