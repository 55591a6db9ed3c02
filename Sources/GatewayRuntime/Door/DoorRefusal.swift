import MCPWire
import NIOHTTP1

/// What the door refuses, before anything else is done with a request.
enum DoorRefusal: Error, Equatable, Sendable {
    case hostNotAllowed
    /// Credentials that can't be read in one way only.
    case malformedCredentials(Challenge)
    case unauthorized(Challenge)
    case insufficientScope(Challenge)
    /// Who asks can't be found out at the moment. Never a 401: the client would throw a good token away.
    case signInUnavailable
    case rateExceeded(seconds: Int)

    var status: HTTPResponseStatus {
        switch self {
        case .hostNotAllowed: .misdirectedRequest
        case .malformedCredentials: .badRequest
        case .unauthorized: .unauthorized
        case .insufficientScope: .forbidden
        case .signInUnavailable: .serviceUnavailable
        case .rateExceeded: .tooManyRequests
        }
    }

    var error: JSONRPCError {
        let code =
            switch self {
            case .signInUnavailable, .rateExceeded: JSONRPCError.internalError
            default: JSONRPCError.invalidRequest
            }
        return JSONRPCError(code: code, message: words)
    }

    private var words: String {
        switch self {
        case .hostNotAllowed: "This server is not called by that name (--allow-host)."
        case .malformedCredentials(let challenge): challenge.explanation ?? "The credentials can't be read."
        case .unauthorized(let challenge): challenge.explanation ?? "Sign in first: Authorization: Bearer ..."
        case .insufficientScope(let challenge): challenge.explanation ?? "The token does not allow this."
        case .signInUnavailable: "Tokens can't be checked at the moment; try again shortly."
        case .rateExceeded(let seconds): "Too many requests; try again in \(seconds) s."
        }
    }

    /// One word for metrics and the log.
    var reason: String {
        switch self {
        case .hostNotAllowed: "host_not_allowed"
        case .malformedCredentials: "malformed_credentials"
        case .unauthorized: "unauthorized"
        case .insufficientScope: "insufficient_scope"
        case .signInUnavailable: "sign_in_unavailable"
        case .rateExceeded: "rate_exceeded"
        }
    }

    var headers: HTTPHeaders {
        switch self {
        case .hostNotAllowed: [:]
        case .malformedCredentials(let challenge), .unauthorized(let challenge), .insufficientScope(let challenge):
            ["www-authenticate": challenge.field, "cache-control": "no-store"]
        case .signInUnavailable: ["retry-after": "2"]
        case .rateExceeded(let seconds): ["retry-after": "\(seconds)"]
        }
    }
}
