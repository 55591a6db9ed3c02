import Crypto
import NIOCore

/// Tokens that were checked a short while ago, by their SHA-256, so that a client's next request costs no signature. A
/// token is kept for a minute at most and never past its end; the table is bounded.
struct VerifiedTokens {
    static let longestStay: TimeAmount = .seconds(60)

    private struct Entry {
        let result: Result<Caller, DoorRefusal>
        let until: NIODeadline
    }

    private let mostKept: Int
    private var entryByDigest: [SHA256Digest: Entry] = [:]

    init(mostKept: Int = 10_000) { self.mostKept = mostKept }

    var count: Int { entryByDigest.count }

    func result(for token: SHA256Digest, now: NIODeadline) -> Result<Caller, DoorRefusal>? {
        guard let entry = entryByDigest[token], now < entry.until else { return nil }
        return entry.result
    }

    /// `left`: seconds until the token ends.
    mutating func keep(_ result: Result<Caller, DoorRefusal>, for token: SHA256Digest, left: UInt64, now: NIODeadline) {
        guard left > 0 else { return }
        if entryByDigest.count >= mostKept {
            entryByDigest = entryByDigest.filter { $0.value.until > now }
            if entryByDigest.count >= mostKept { entryByDigest.removeAll(keepingCapacity: true) }
        }
        let stay = min(Self.longestStay, .seconds(Int64(min(left, 3600))))
        entryByDigest[token] = Entry(result: result, until: now + stay)
    }
}
