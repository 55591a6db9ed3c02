import NIOHTTP1

/// Callers who show a named key, as a bearer token or in `X-API-Key`.
final class KeyAuthentication: Authentication {
    private let keys: NamedKeys
    private let callers: [Caller]

    init(_ keys: NamedKeys) {
        self.keys = keys
        callers = keys.entries.map { Caller(keyName: $0.name) }
    }

    func identify(_ headers: HTTPHeaders, _ answer: @escaping (Result<Caller, DoorRefusal>) -> Void) {
        answer(caller(headers))
    }

    private func caller(_ headers: HTTPHeaders) -> Result<Caller, DoorRefusal> {
        switch PresentedCredential(headers, readsKeyField: true) {
        case .nothing: .failure(.unauthorized(Challenge()))
        case .malformed(let words): .failure(.malformedCredentials(Challenge().with(.malformed, words)))
        case .secret(let key):
            if let index = keys.index(of: key) {
                .success(callers[index])
            } else {
                .failure(.unauthorized(Challenge().with(.invalidToken, "This key is not known here.")))
            }
        }
    }
}
