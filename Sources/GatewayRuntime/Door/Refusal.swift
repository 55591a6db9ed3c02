import MCPWire
import NIOHTTP1

/// Everything the gateway itself refuses. One table gives the HTTP status, the JSON-RPC code and the words; the
/// words tell the client's author what to change.
enum Refusal: Error, Equatable {
    case door(DoorRefusal)
    case originNotAllowed(String)
    case noSuchPath
    case methodNotAllowed(allow: String)
    case notAcceptable
    case notJSON
    case bodyTooLarge(limit: Int)
    case malformed(MalformedJSON)
    case invalid(String)
    case batchNotAllowed
    case emptyBatch
    case duplicateID(MessageID)
    case missingSession
    case unknownSession
    case unsupportedVersion(String)
    case eraMixed
    case sessionsOnly
    case envelopeIncomplete([String])
    case headerMismatch(String)
    case unsupportedRevision(String)
    case unknownMethod(String)
    case inputExpired
    case unknownTask
    case tooManySessions
    case tooManyChildren
    case draining
    case replicaGone
    case overloaded
    case serverSlow
    case serversBusy
    case unknownEvent

    var status: HTTPResponseStatus {
        switch self {
        case .door(let refusal): refusal.status
        case .originNotAllowed: .forbidden
        case .noSuchPath, .unknownSession, .unknownMethod: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .notJSON: .unsupportedMediaType
        case .bodyTooLarge: .payloadTooLarge
        case .tooManySessions, .tooManyChildren, .draining, .replicaGone, .overloaded, .serverSlow, .serversBusy:
            .serviceUnavailable
        case .malformed, .invalid, .batchNotAllowed, .emptyBatch, .duplicateID, .missingSession,
            .unsupportedVersion, .eraMixed, .sessionsOnly, .envelopeIncomplete, .headerMismatch, .unsupportedRevision,
            .inputExpired, .unknownTask, .unknownEvent:
            .badRequest
        }
    }

    var error: JSONRPCError {
        switch self {
        case .door(let refusal): refusal.error
        case .malformed(let fault):
            JSONRPCError(
                code: JSONRPCError.parseError,
                message: "The body is not JSON: \(fault.reason) (byte \(fault.offset))."
            )
        case .unsupportedRevision(let requested):
            JSONRPCError(
                code: JSONRPCError.unsupportedProtocolVersion,
                message: words,
                data:
                    #"{"supported":["\#(ProtocolRevision.july2026.rawValue)"],"requested":\#(JSONText.quoted(requested))}"#
            )
        case .tooManySessions, .tooManyChildren, .draining, .replicaGone, .overloaded, .serverSlow, .serversBusy:
            JSONRPCError(code: JSONRPCError.internalError, message: words)
        case .envelopeIncomplete, .inputExpired, .unknownTask:
            JSONRPCError(code: JSONRPCError.invalidParams, message: words)
        case .headerMismatch: JSONRPCError(code: JSONRPCError.headerMismatch, message: words)
        case .unknownMethod: JSONRPCError(code: JSONRPCError.methodNotFound, message: words)
        default: JSONRPCError(code: JSONRPCError.invalidRequest, message: words)
        }
    }

    private var words: String {
        switch self {
        case .door(let refusal): refusal.error.message
        case .originNotAllowed(let origin): "The origin \(origin) may not use this server (--allow-origin)."
        case .noSuchPath: "Nothing is served at this path."
        case .methodNotAllowed(let allow): "This method is not served here; use \(allow)."
        case .notAcceptable: "Accept must allow application/json or text/event-stream."
        case .notJSON: "Content-Type must be application/json."
        case .bodyTooLarge(let limit): "The body is larger than \(limit) bytes."
        case .malformed(let fault): fault.reason
        case .invalid(let reason): "Not a JSON-RPC message: \(reason)."
        case .batchNotAllowed: "Batches were removed from the protocol after revision 2025-03-26."
        case .emptyBatch: "A batch holds at least one message."
        case .duplicateID(let id): "The request id \(id.json) is in use by a call that is still in flight."
        case .missingSession: "Mcp-Session-Id is missing; send initialize first."
        case .unknownSession: "Session not found; send initialize to begin a new one."
        case .unsupportedVersion(let version):
            "MCP-Protocol-Version \(version) is not served; "
                + "use one of \(ProtocolRevision.legacy.map(\.rawValue).joined(separator: ", "))."
        case .eraMixed: "A request of revision 2026-07-28 or newer is one message of its own, in no batch."
        case .sessionsOnly: "This server keeps sessions; send initialize (revision 2025-11-25 or older) first."
        case .envelopeIncomplete(let keys): "params._meta lacks \(keys.joined(separator: ", "))."
        case .headerMismatch(let what): what
        case .unsupportedRevision(let requested):
            "Revision \(requested) is not served; use \(ProtocolRevision.july2026.rawValue)."
        case .unknownMethod(let method): "The method \(method) is not part of this revision."
        case .inputExpired: "Invalid or expired requestState; send the request anew."
        case .unknownTask: "There is no such task."
        case .serversBusy: "Every server process is at work; try again shortly."
        case .tooManySessions: "This replica has as many sessions as it may have; try again shortly."
        case .tooManyChildren: "This replica runs as many server processes as it may; try again shortly."
        case .draining: "This replica is shutting down; try again."
        case .overloaded: "This replica is reading as much as it may; try again shortly."
        case .serverSlow: "The MCP server is still starting and too much waits for it; try again."
        case .unknownEvent: "Last-Event-ID is no id that this server gave; leave it out to open a new stream."
        case .replicaGone: "The replica that had the session is gone; try again."
        }
    }

    var headers: HTTPHeaders {
        switch self {
        case .door(let refusal): refusal.headers
        case .methodNotAllowed(let allow): ["allow": allow]
        case .tooManySessions, .tooManyChildren, .draining, .replicaGone, .overloaded, .serverSlow, .serversBusy:
            ["retry-after": "1"]
        default: [:]
        }
    }
}
