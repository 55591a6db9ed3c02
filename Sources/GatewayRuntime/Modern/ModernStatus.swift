import MCPWire
import NIOCore
import NIOHTTP1

/// The HTTP status of a lone JSON answer in revision 2026-07-28 (basic/index, "Error codes"): errors that a client can
/// mend are 400, a method that nobody implements is 404, everything else is told in the body alone.
enum ModernStatus {
    private static let byCode: [String: HTTPResponseStatus] = [
        "\(JSONRPCError.parseError)": .badRequest, "\(JSONRPCError.invalidRequest)": .badRequest,
        "\(JSONRPCError.invalidParams)": .badRequest, "\(JSONRPCError.headerMismatch)": .badRequest,
        "\(JSONRPCError.missingClientCapability)": .badRequest,
        "\(JSONRPCError.unsupportedProtocolVersion)": .badRequest,
        "\(JSONRPCError.methodNotFound)": .notFound,
    ]

    /// - Parameter answer: a JSON-RPC response.
    static func of(_ answer: ByteBuffer, isError: Bool) -> HTTPResponseStatus {
        guard isError, let error = JSONObject(in: answer)?.object("error", in: answer) else { return .ok }
        return error["code"].flatMap { byCode[answer.json(at: $0)] } ?? .ok
    }
}
