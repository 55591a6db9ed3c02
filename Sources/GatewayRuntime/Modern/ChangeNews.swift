import NIOCore

/// Tells peers of changes that a server process of this replica told of, for the streams that listen there.
final class ChangeNews {
    /// Changes that are told at a time, and how long they gather; equal ones are one.
    private static let most = 100
    private static let gathering: TimeAmount = .milliseconds(50)

    private unowned let gateway: Gateway
    private var changes: Set<String> = []

    init(_ gateway: Gateway) { self.gateway = gateway }

    func tell(_ change: ServerChange) {
        guard changes.count < Self.most, let told = change.told else { return }
        if changes.isEmpty { gateway.later(Self.gathering) { [weak self] in self?.announce() } }
        changes.insert(told)
    }

    private func announce() {
        gateway.announce(changes: changes)
        changes = []
    }
}
