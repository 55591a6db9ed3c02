import MCPWire
import NIOCore

/// What is known of the arguments that a server's tools have mirrored in headers, and what follows from it for a call,
/// as pure state.
struct ArgumentKnowledge {
    enum Verdict: Equatable {
        case pass
        /// The headers say something else than the body; in a sentence.
        case refuse(String)
        /// Judge it when the server has listed its tools.
        case wait
    }

    private enum Phase: Equatable {
        case unknown
        /// The server was asked. Calls wait for its answer, but for those of a server that once gave none.
        case asked(isAwaited: Bool, isOutdated: Bool)
        case known(since: NIODeadline)
        case failed(since: NIODeadline)
    }

    /// Not every server tells that its tools changed: nobody is refused by what was learned longer ago.
    static let freshness: TimeAmount = .seconds(10)
    /// How long a server that did not list its tools is not asked again.
    static let rest: TimeAmount = .seconds(60)

    private var phase = Phase.unknown
    private var mirrored: [String: MirroredArguments] = [:]
    /// Whether the server has listed its tools, and told of no change since.
    private var isLearned = false

    /// What becomes of a call, and whether the server has to be asked for its tools now.
    ///
    /// - Parameter fields: as in `MirroredArguments.fault`.
    mutating func judge(
        _ call: ModernRequest,
        now: NIODeadline,
        fields: (String) -> [String]
    ) -> (verdict: Verdict, asks: Bool) {
        switch phase {
        case .unknown:
            phase = .asked(isAwaited: true, isOutdated: false)
            return (.wait, true)
        case .asked(let isAwaited, _):
            guard isLearned else { return (isAwaited ? .wait : .pass, false) }
            guard let fault = fault(of: call, fields: fields) else { return (.pass, false) }
            return (isAwaited ? .wait : .refuse(fault), false)
        case .failed(let since):
            guard now - since > Self.rest else { return (.pass, false) }
            phase = .asked(isAwaited: false, isOutdated: false)
            return (.pass, true)
        case .known(let since):
            guard let fault = fault(of: call, fields: fields) else { return (.pass, false) }
            guard now - since > Self.freshness else { return (.refuse(fault), false) }
            phase = .asked(isAwaited: true, isOutdated: false)
            return (.wait, true)
        }
    }

    /// What is wrong with a call by what is known, however old that is.
    func fault(of call: ModernRequest, fields: (String) -> [String]) -> String? {
        guard isLearned else { return nil }
        return call.name.flatMap { mirrored[$0] }?.fault(in: call.message, fields: fields)
    }

    mutating func listed(_ mirrored: [String: MirroredArguments], now: NIODeadline) {
        self.mirrored = mirrored
        guard case .asked(_, isOutdated: true) = phase else {
            isLearned = true
            return phase = .known(since: now)
        }
        phase = .unknown
    }

    /// The server did not list its tools. What it listed before still holds: a caller that brings the failure about
    /// must not be rid of the check by it.
    mutating func failed(now: NIODeadline) { phase = isLearned ? .known(since: now) : .failed(since: now) }

    /// The server takes long: calls that come go on unchecked until it has answered.
    mutating func stopWaiting() {
        guard case .asked(_, let isOutdated) = phase else { return }
        phase = .asked(isAwaited: false, isOutdated: isOutdated)
    }

    /// The server's tools changed.
    mutating func outdated() {
        isLearned = false
        guard case .asked(let isAwaited, _) = phase else { return phase = .unknown }
        phase = .asked(isAwaited: isAwaited, isOutdated: true)
    }
}
