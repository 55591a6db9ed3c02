import NIOCore

/// Why the HTTP server did not do what the gateway asked of it. Completes "The MCP server did not …: ".
enum UpstreamTrouble: Error, Equatable, CustomStringConvertible {
    case unreachable(String)
    case broken
    case silent(TimeAmount)
    case tooLong(Int)
    case status(UInt)
    case noAnswer
    case error

    var description: String {
        switch self {
        case .unreachable(let words): "it can't be reached (\(words))"
        case .broken: "it broke off before it answered"
        case .silent(let patience): "it did not answer within \(patience.nanoseconds / 1_000_000_000) seconds"
        case .tooLong(let limit): "its answer is over \(limit) bytes"
        case .status(let code): "it answered with HTTP status \(code)"
        case .noAnswer: "its answer is no JSON-RPC response"
        case .error: "it answered with an error"
        }
    }
}
