import HTTPTransport
import JWTKit
import Logging
import NIOCore

/// An issuer's keys as this replica knows them, fetched when they are needed and not more often than the schedule says.
final class KeyDirectory {
    enum Finding {
        /// `generation` tells one set of keys from the next.
        case keys([JWTKeyCollection], generation: Int)
        case unknown
        case unavailable
    }

    private let settings: TokenSettings
    private let pool: HTTPConnectionPool
    private let eventLoop: any EventLoop
    private let log: Logger
    private var schedule: KeySchedule
    private var keys: KeySet?
    private var generation = 0
    private var waiting: [() -> Void] = []

    /// To be made on `eventLoop`, and used there only.
    init(_ settings: TokenSettings, eventLoop: any EventLoop, log: Logger) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.log = log
        schedule = KeySchedule(settings.schedule)
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(5), trust: settings.trust)
    }

    /// Finds the keys that a token may have been signed with. `newerThan`: not the ones of that generation, which did
    /// not fit.
    func find(_ header: TokenHeader, newerThan old: Int? = nil, _ answer: @escaping (Finding) -> Void) {
        find(header, newerThan: old, hasWaited: false, answer)
    }

    private func find(
        _ header: TokenHeader,
        newerThan old: Int?,
        hasWaited: Bool,
        _ answer: @escaping (Finding) -> Void
    ) {
        let candidates = old == generation ? [] : keys?.candidates(for: header) ?? []
        switch schedule.step(isKnown: !candidates.isEmpty, hasWaited: hasWaited, now: .now()) {
        case .use: answer(.keys(candidates, generation: generation))
        case .useAndFetch:
            fetch()
            answer(.keys(candidates, generation: generation))
        case .fetch:
            waiting.append { self.find(header, newerThan: old, hasWaited: true, answer) }
            fetch()
        case .wait: waiting.append { self.find(header, newerThan: old, hasWaited: true, answer) }
        case .unknown: answer(.unknown)
        case .unavailable: answer(.unavailable)
        }
    }

    /// Fetches the keys before anybody needs them.
    func start() {
        if schedule.step(isKnown: false, now: .now()) == .fetch { fetch() }
    }

    func close() { pool.close() }

    private func fetch() {
        KeyFetch.start(settings, over: pool, eventLoop: eventLoop) { result in
            switch result {
            case .success(let document): self.read(document)
            case .failure(let failure): self.ended(with: failure)
            }
        }
    }

    /// Reads what came beside the loop: some keys take a while to unpack.
    private func read(_ document: ByteBuffer) {
        let bytes = Array(document.readableBytesView)
        let algorithms = settings.algorithms
        eventLoop.makeFutureWithTask { try await KeySet(reading: bytes, for: algorithms) }
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let keys) where keys.count > 0: self.adopt(keys)
                case .success: self.ended(with: self.fault("no key in it can be used for the algorithms allowed"))
                case .failure: self.ended(with: self.fault("it is not a JSON Web Key Set"))
                }
            }
    }

    private func fault(_ words: String) -> KeyFetch.Failure {
        KeyFetch.Failure(
            place: settings.keys.map { "\($0)" } ?? "what \(settings.issuer) names as jwks_uri", words: words)
    }

    private func adopt(_ keys: KeySet) {
        self.keys = keys
        generation += 1
        schedule.fetched(now: .now())
        log.debug("the issuer's keys were fetched", metadata: ["keys": "\(keys.count)"])
        lookAgain()
    }

    private func ended(with failure: KeyFetch.Failure) {
        schedule.failed(now: .now())
        log.warning(
            "the issuer's keys were not had",
            metadata: ["url": "\(failure.place)", "reason": "\(failure.words)", "goes_on": "\(keys != nil)"]
        )
        lookAgain()
    }

    private func lookAgain() {
        let again = waiting
        waiting = []
        for look in again { look() }
    }
}
