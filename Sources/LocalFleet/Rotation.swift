import HTTPTransport

/// Whose turn it is: healthy replicas one after another, with no memory of who asked.
struct Rotation: Equatable {
    private let members: [HTTPTarget]
    private var healthy: Set<HTTPTarget> = []
    private var turn = 0

    init(_ members: [HTTPTarget]) { self.members = members }

    var isComplete: Bool { healthy.count == members.count }

    mutating func mark(_ member: HTTPTarget, isHealthy: Bool) {
        if isHealthy { healthy.insert(member) } else { healthy.remove(member) }
    }

    /// The next healthy replica that is not among `tried`.
    mutating func next(except tried: Set<HTTPTarget> = []) -> HTTPTarget? {
        for _ in members {
            let member = members[turn % members.count]
            turn = (turn + 1) % members.count
            if healthy.contains(member), !tried.contains(member) { return member }
        }
        return nil
    }
}
