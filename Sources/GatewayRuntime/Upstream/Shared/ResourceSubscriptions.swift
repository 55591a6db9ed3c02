import MCPWire

/// Who asked for updates of which resource. The server is subscribed once, whoever wants it.
struct ResourceSubscriptions {
    typealias Seat = Multiplexer.Seat

    /// What follows from a client's wish.
    enum Verdict: Equatable {
        /// The server has to hear it.
        case pass
        /// The server was asked on behalf of another; its answer will do for both.
        case wait
        /// The server need not be asked.
        case done
        case tooMany
    }

    private struct Subject {
        var seats: Set<Seat> = []
        /// The server has not answered yet.
        var isAsked = true
        var waiting: [(seat: Seat, id: WrittenID)] = []
        /// Those who have lost interest meanwhile.
        var gone: Set<Seat> = []
    }

    /// Resources of one seat, and bytes in a URI.
    static let mostOfSeat = 1_000
    static let longestURI = 8 * 1024
    /// Parents of a resource that are looked up.
    private static let mostParents = 64

    private var subjects: [String: Subject] = [:]
    private var urisOfSeat: [Seat: Set<String>] = [:]

    mutating func subscribe(_ seat: Seat, to uri: String, id: WrittenID) -> Verdict {
        guard uri.utf8.count <= Self.longestURI, urisOfSeat[seat, default: []].count < Self.mostOfSeat else {
            return .tooMany
        }
        urisOfSeat[seat, default: []].insert(uri)
        guard var subject = subjects[uri] else {
            subjects[uri] = Subject()
            return .pass
        }
        subject.gone.remove(seat)
        defer { subjects[uri] = subject }
        if subject.isAsked {
            subject.waiting.append((seat, id))
            return .wait
        }
        subject.seats.insert(seat)
        return .done
    }

    /// The server answered a subscription that `asker` asked for: who else waited for it, and whether there is nobody
    /// left who wants it.
    mutating func answered(
        _ uri: String,
        askedBy asker: Seat?,
        isError: Bool
    ) -> (waiting: [(seat: Seat, id: WrittenID)], isUnwanted: Bool) {
        guard var subject = subjects.removeValue(forKey: uri) else { return ([], false) }
        let waiting = subject.waiting
        let all = Set(waiting.map(\.seat)).union(asker.map { [$0] } ?? [])
        guard !isError else {
            for seat in all { urisOfSeat[seat]?.remove(uri) }
            return (waiting, false)
        }
        subject.seats = all.subtracting(subject.gone)
        guard !subject.seats.isEmpty else { return (waiting, true) }
        (subject.isAsked, subject.waiting, subject.gone) = (false, [], [])
        subjects[uri] = subject
        return (waiting, false)
    }

    mutating func unsubscribe(_ seat: Seat, from uri: String) -> Verdict {
        urisOfSeat[seat]?.remove(uri)
        guard var subject = subjects[uri] else { return .pass }
        if subject.isAsked {
            subject.gone.insert(seat)
            subjects[uri] = subject
            return .done
        }
        guard subject.seats.remove(seat) != nil, subject.seats.isEmpty else {
            subjects[uri] = subject
            return .done
        }
        subjects[uri] = nil
        return .pass
    }

    /// A seat was given up: the resources that nobody wants any more.
    mutating func leave(_ seat: Seat) -> [String] {
        guard let uris = urisOfSeat.removeValue(forKey: seat) else { return [] }
        var unwanted: [String] = []
        for uri in uris.sorted() {
            subjects[uri]?.waiting.removeAll { $0.seat == seat }
            if unsubscribe(seat, from: uri) == .pass { unwanted.append(uri) }
        }
        return unwanted
    }

    /// Whom an update of `uri` concerns: those who asked for it, or for a resource that it is a part of (MCP
    /// 2025-11-25, Resources: the URI of an update may be a sub-resource's).
    func seats(concernedBy uri: String?) -> Set<Seat> {
        guard let uri, uri.utf8.count <= Self.longestURI, !subjects.isEmpty else { return [] }
        var concerned = subjects[uri]?.seats ?? []
        var parent = uri[...]
        for _ in 0..<Self.mostParents {
            guard let slash = parent.lastIndex(of: "/") else { break }
            concerned.formUnion(subjects[String(parent[...slash])]?.seats ?? [])
            parent = parent[..<slash]
            concerned.formUnion(subjects[String(parent)]?.seats ?? [])
        }
        return concerned
    }
}
