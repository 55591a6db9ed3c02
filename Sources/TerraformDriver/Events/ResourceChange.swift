/// What a plan does to one resource, or what was done to it behind Terraform's back.
package struct ResourceChange: Equatable, Sendable {
    /// Such as `aws_subnet.public[0]`.
    package let address: String
    package let action: Action
    /// Whether it is replaced because it was left half-made, and for no other reason.
    package let isTainted: Bool

    package init(address: String, action: Action, isTainted: Bool = false) {
        self.address = address
        self.action = action
        self.isTainted = isTainted
    }

    /// Resources that are made before the old one goes, under the same name: a half-made one stands in the way of its
    /// own replacement for ever. It is mended in place instead.
    package var standsInItsOwnWay: Bool { isTainted && address == "aws_lb_target_group.main" }

    /// Terraform's own words, "Machine-Readable UI", Resource Actions.
    package enum Action: String, Sendable, Encodable, CaseIterable {
        case create, update, delete, replace, read, move, remove
        case `import`
        case nothing = "noop"

        /// The sign Terraform puts before an address.
        package var sign: String {
            switch self {
            case .create, .import: "+"
            case .update, .move: "~"
            case .delete, .remove: "-"
            case .replace: "-/+"
            case .read, .nothing: " "
            }
        }

        /// Such as "created", for what has been done.
        package var past: String {
            switch self {
            case .create: "created"
            case .update: "changed"
            case .delete: "destroyed"
            case .replace: "replaced"
            case .read: "read"
            case .move: "moved"
            case .remove: "removed"
            case .import: "imported"
            case .nothing: "looked at"
            }
        }
    }
}

extension ResourceChange: Encodable {}
