import Crypto
import FleetModel

/// Signs requests with AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
///
/// For S3 a request says that its path is signed as it is sent, and has the header `x-amz-content-sha256`.
package struct RequestSigner: Sendable {
    private let credentials: Credentials
    private let region: String
    private let service: String

    package init(credentials: Credentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The headers to send: the request's own, `host`, `x-amz-date`, the session token and `authorization`.
    ///
    /// They hold the signature and the session token, so they are never to be logged.
    package func signedHeaders(
        for request: SignableRequest,
        at time: SigningTime
    ) -> [(name: String, value: String)] {
        var headers = request.headers + [("host", request.host), ("x-amz-date", time.timestamp)]
        if let token = credentials.sessionToken {
            headers.append(("x-amz-security-token", token.reveal()))
        }
        let canonical = CanonicalRequest(request, headers: headers)
        let scope = "\(time.day)/\(region)/\(service)/aws4_request"
        let stringToSign = [Self.algorithm, time.timestamp, scope, canonical.hash].joined(separator: "\n")
        let signature = Self.hmac(stringToSign, key: signingKey(day: time.day)).map(Hex.byte).joined()
        let authorization =
            "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
        return headers + [("authorization", authorization)]
    }

    private static let algorithm = "AWS4-HMAC-SHA256"

    /// The secret narrowed to one day, one region and one service.
    private func signingKey(day: String) -> [UInt8] {
        let secret = Array("AWS4\(credentials.secretAccessKey.reveal())".utf8)
        return [day, region, service, "aws4_request"].reduce(secret) { key, word in Self.hmac(word, key: key) }
    }

    private static func hmac(_ message: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: SymmetricKey(data: key)))
    }
}
