import HTTPTransport
import MCPWire
import NIOCore

/// Gets an issuer's key set: from where the operator said, or from where the issuer's metadata says (RFC 8414, section
/// 3; OpenID Connect Discovery 1.0, section 4).
final class KeyFetch {
    /// Bytes of a document.
    static let largest = 512 * 1024
    /// Time for everything.
    static let patience: TimeAmount = .seconds(10)

    /// Why there is no key set, in words for the operator.
    struct Failure: Error, Equatable {
        let place: String
        let words: String
    }

    typealias Completion = (Result<ByteBuffer, Failure>) -> Void

    private let settings: TokenSettings
    private let pool: HTTPConnectionPool
    private let eventLoop: any EventLoop
    private let deadline = NIODeadline.now() + KeyFetch.patience

    private init(_ settings: TokenSettings, _ pool: HTTPConnectionPool, _ eventLoop: any EventLoop) {
        self.settings = settings
        self.pool = pool
        self.eventLoop = eventLoop
    }

    static func start(
        _ settings: TokenSettings,
        over pool: HTTPConnectionPool,
        eventLoop: any EventLoop,
        _ completion: @escaping Completion
    ) {
        let fetch = KeyFetch(settings, pool, eventLoop)
        if let keys = settings.keys { return fetch.get(keys, completion) }
        fetch.discover(at: places(of: settings.issuerLocation)[...], completion)
    }

    /// Where an issuer's metadata may be.
    static func places(of issuer: HTTPLocation) -> [HTTPLocation] {
        let path = issuer.plainPath.last == "/" ? issuer.plainPath.dropLast() : issuer.plainPath
        let paths = [
            "/.well-known/oauth-authorization-server\(path)", "\(path)/.well-known/openid-configuration",
            "/.well-known/openid-configuration\(path)",
        ]
        return (path.isEmpty ? Array(paths.prefix(2)) : paths).map(issuer.at)
    }

    private func discover(at places: ArraySlice<HTTPLocation>, _ completion: @escaping Completion) {
        guard let place = places.first else { return }
        get(place) { result in
            switch result {
            case .failure(let failure):
                guard places.count == 1 else { return self.discover(at: places.dropFirst(), completion) }
                completion(.failure(failure))
            case .success(let document):
                switch self.keysLocation(in: document) {
                case .success(let location): self.get(location, completion)
                case .failure(let fault): completion(.failure(Failure(place: "\(place)", words: fault.words)))
                }
            }
        }
    }

    private struct Fault: Error {
        let words: String
    }

    private func keysLocation(in document: ByteBuffer) -> Result<HTTPLocation, Fault> {
        guard let metadata = JSONObject(in: document) else { return .failure(Fault(words: "it is not JSON")) }
        // RFC 8414, 3.3: another issuer's metadata would bring another issuer's keys.
        guard metadata.string("issuer", in: document) == settings.issuer else {
            return .failure(Fault(words: "it names another issuer than \(settings.issuer)"))
        }
        guard let location = metadata.string("jwks_uri", in: document).flatMap(HTTPLocation.init), location.isSafe
        else {
            return .failure(Fault(words: "its jwks_uri is no https URL"))
        }
        return .success(location)
    }

    private func get(_ location: HTTPLocation, _ completion: @escaping Completion) {
        HTTPFetch.start(
            location,
            accept: "application/json, application/jwk-set+json",
            limit: Self.largest,
            within: max(.milliseconds(1), deadline - .now()),
            over: pool,
            eventLoop: eventLoop
        ) { result in
            completion(result.mapError { Failure(place: "\(location)", words: $0.words) })
        }
    }
}
