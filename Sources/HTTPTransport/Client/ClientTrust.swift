import NIOCore
import NIOSSL

/// Whose certificates this side believes. Every secure connection verifies the chain and the name.
package struct ClientTrust: Sendable {
    /// Why there is nobody to believe.
    package enum Refusal: Error, Equatable, Sendable {
        /// The file can't be read, or holds no certificate.
        case unreadable(String)
        case unavailable(String)
    }

    private let context: NIOSSLContext

    /// `authorities`: a PEM file with the certificates of the authorities that are believed, in place of those that the
    /// system names.
    package init(authorities: String? = nil) throws(Refusal) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorities {
            do {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
            } catch {
                throw .unreadable(authorities)
            }
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unavailable("\(error)")
        }
    }

    /// Speaks TLS with `host`. An address has no place in the SNI extension; it is verified against the certificate.
    static func handler(_ trust: ClientTrust?, for host: String) throws -> NIOSSLClientHandler {
        guard let trust else { throw Refusal.unavailable("no TLS was set up for \(host)") }
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil  // a name is no address
        return try NIOSSLClientHandler(context: trust.context, serverHostname: isAddress ? nil : host)
    }

    /// Why a handshake was not completed; `nil` for any other error.
    static func words(of error: any Error) -> String? {
        switch error {
        case NIOSSLError.handshakeFailed(let reason):
            "its certificate or its TLS was not accepted (\(name(of: reason)))"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "its certificate is for another name"
        default: nil
        }
    }

    /// BoringSSL's own name for what went wrong, such as `CERTIFICATE_VERIFY_FAILED`, out of a text with source files.
    private static func name(of reason: BoringSSLError) -> Substring {
        let text = "\(reason)"
        let start = text.firstRange(of: "OPENSSL_internal:")?.upperBound ?? text.startIndex
        return text[start...].prefix { $0 != " " }
    }
}
