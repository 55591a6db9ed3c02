/// Refusals in one word, for metrics and the log. The words are few and never a client's.
extension Refusal {
    var reason: String {
        switch self {
        case .door(let refusal): refusal.reason
        case .originNotAllowed: "origin_not_allowed"
        case .noSuchPath: "no_such_path"
        case .methodNotAllowed: "method_not_allowed"
        case .notAcceptable: "not_acceptable"
        case .notJSON: "not_json"
        case .bodyTooLarge: "body_too_large"
        case .malformed: "malformed"
        case .invalid: "invalid"
        case .batchNotAllowed: "batch_not_allowed"
        case .emptyBatch: "empty_batch"
        case .duplicateID: "duplicate_id"
        case .missingSession: "missing_session"
        case .unknownSession: "unknown_session"
        case .unsupportedVersion: "unsupported_version"
        case .eraMixed: "era_mixed"
        case .sessionsOnly: "sessions_only"
        case .envelopeIncomplete: "envelope_incomplete"
        case .headerMismatch: "header_mismatch"
        case .unsupportedRevision: "unsupported_revision"
        case .unknownMethod: "unknown_method"
        case .inputExpired: "input_expired"
        case .unknownTask: "unknown_task"
        case .tooManySessions: "too_many_sessions"
        case .tooManyChildren: "too_many_children"
        case .draining: "draining"
        case .replicaGone: "replica_gone"
        case .overloaded: "overloaded"
        case .serverSlow: "server_slow"
        case .serversBusy: "servers_busy"
        case .unknownEvent: "unknown_event"
        }
    }
}
