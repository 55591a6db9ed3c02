import FleetModel

/// AWS's no, in its own words.
struct AWSRefusal: Error, Equatable, Sendable {
    let service: AWSService
    let action: String
    let status: Int
    /// Such as `AccessDeniedException`.
    let code: String
    let message: String

    /// The request was turned away before anything was done with it.
    var isThrottling: Bool {
        status == 429 || code.contains("Throttl")
            || ["RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "LimitExceededException"].contains(code)
    }

    var isServerError: Bool { status >= 500 }

    /// What an operator is told.
    func problem(in region: String) -> Problem {
        Problem(
            kind, at: .region(region), "AWS refused \(service.name):\(action)",
            detail: "\(code): \(message.isEmpty ? "no reason given" : message)", hint: hint
        )
    }

    private var kind: Problem.Kind {
        if code.contains("NotFound") || code.hasPrefix("NoSuch") { return .notFound }
        return isThrottling || isServerError ? .unavailable : .refused
    }

    private var hint: String? {
        switch code {
        case _ where code.hasPrefix("AccessDenied") || code.hasPrefix("UnauthorizedOperation"):
            "allow \(service.name):\(action) for whoever that is; to see who: aws sts get-caller-identity"
        case "ExpiredToken", "ExpiredTokenException", "RequestExpired":
            "sign in again, such as with: aws sso login"
        case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException",
            "SignatureDoesNotMatch":
            "AWS does not know these credentials here; see which are used with: aws configure list"
        case _ where isThrottling: "AWS asks for patience: try again in a minute"
        case _ where isServerError: "see https://health.aws.amazon.com/health/status, then try again"
        default: nil
        }
    }
}
