import Crypto
import Logging
import NIOCore
import NIOHTTP1

/// Callers who show an access token of the configured issuer: a JWT that names this server as its audience (RFC 6750; RFC
/// 9068; MCP 2025-11-25, Authorization). Signatures are checked beside the event loop.
final class TokenAuthentication: Authentication {
    typealias Answer = (Result<Caller, DoorRefusal>) -> Void

    /// Tokens that are being checked at a time; requests with the same token wait for one check.
    static let mostPending = 256

    private let rules: TokenRules
    private let algorithms: Set<TokenAlgorithm>
    private let challenge: Challenge
    private let keys: KeyDirectory
    private let eventLoop: any EventLoop
    private var verified = VerifiedTokens()
    private var pending: [SHA256Digest: [Answer]] = [:]

    /// To be made on `eventLoop`, and used there only.
    init(_ settings: TokenSettings, eventLoop: any EventLoop, log: Logger) {
        rules = TokenRules(settings)
        algorithms = settings.algorithms
        challenge = settings.challenge
        self.eventLoop = eventLoop
        keys = KeyDirectory(settings, eventLoop: eventLoop, log: log)
    }

    func start() { keys.start() }

    func close() { keys.close() }

    func identify(_ headers: HTTPHeaders, _ answer: @escaping Answer) {
        switch PresentedCredential(headers, readsKeyField: false) {
        case .nothing: answer(.failure(.unauthorized(challenge)))
        case .malformed(let words): answer(.failure(.malformedCredentials(challenge.with(.malformed, words))))
        case .secret(let token): identify(token, answer)
        }
    }

    private func identify(_ token: String, _ answer: @escaping Answer) {
        let digest = SHA256.hash(data: Array(token.utf8))
        if let known = verified.result(for: digest, now: .now()) { return answer(known) }
        if pending[digest] != nil {
            pending[digest]?.append(answer)
            return
        }
        guard let header = TokenHeader(token), algorithms.contains(header.algorithm) else {
            return answer(.failure(invalid("The token is not a JWT that is signed as it must be.")))
        }
        guard pending.count < Self.mostPending else { return answer(.failure(.signInUnavailable)) }
        pending[digest] = [answer]
        check(token, header) { self.concluded(digest, $0) }
    }

    private enum Outcome {
        case claims(TokenClaims)
        case unsigned
        case unavailable
    }

    private func check(
        _ token: String,
        _ header: TokenHeader,
        newerThan old: Int? = nil,
        _ conclude: @escaping (Outcome) -> Void
    ) {
        keys.find(header, newerThan: old) { finding in
            switch finding {
            case .unknown: conclude(.unsigned)
            case .unavailable: conclude(.unavailable)
            case .keys(let candidates, let generation):
                self.eventLoop.makeFutureWithTask { await KeySet.claims(of: token, signedBy: candidates) }
                    .assumeIsolated()
                    .whenComplete { result in
                        if case .success(let claims?) = result { return conclude(.claims(claims)) }
                        // Without a name for its key, a token of a new key looks like a forged one.
                        guard header.key == nil, old == nil else { return conclude(.unsigned) }
                        self.check(token, header, newerThan: generation, conclude)
                    }
            }
        }
    }

    private func concluded(_ digest: SHA256Digest, _ outcome: Outcome) {
        let answers = pending.removeValue(forKey: digest) ?? []
        let result = result(of: outcome, digest)
        for answer in answers { answer(result) }
    }

    private func result(of outcome: Outcome, _ digest: SHA256Digest) -> Result<Caller, DoorRefusal> {
        switch outcome {
        case .unavailable: return .failure(.signInUnavailable)
        case .unsigned: return .failure(invalid("The token is not signed by a key of the issuer."))
        case .claims(let claims):
            let now = WallClock.now.seconds
            let (result, end) = judged(claims, now)
            verified.keep(result, for: digest, left: end - min(end, now), now: .now())
            return result
        }
    }

    /// `end` is 0 for what is not worth remembering.
    private func judged(_ claims: TokenClaims, _ now: UInt64) -> (Result<Caller, DoorRefusal>, end: UInt64) {
        switch rules.judge(claims, now: now) {
        case .accepted(let caller, let end): (.success(caller), end)
        case .refused(let words): (.failure(invalid(words)), 0)
        case .lacksScope(let end):
            (.failure(.insufficientScope(challenge.with(.insufficientScope, "The token lacks a scope."))), end)
        }
    }

    private func invalid(_ words: String) -> DoorRefusal { .unauthorized(challenge.with(.invalidToken, words)) }
}
