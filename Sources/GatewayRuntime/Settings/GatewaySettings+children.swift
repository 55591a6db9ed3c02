import ArgumentParser

extension GatewaySettings {
    func children(_ flags: ChildrenOptions) throws -> ChildrenConfiguration {
        var children = ChildrenConfiguration()
        children.warmLimit =
            try number(flags.warmChildren, "--warm-children", "SLIPWAY_WARM_CHILDREN", 1...10_000) ?? children.warmLimit
        guard let given = text(flags.children, "--children", "SLIPWAY_CHILDREN") else { return children }
        guard let sharing = ChildrenConfiguration.Sharing(rawValue: given.text) else {
            throw ValidationError("\(given.place) is session or shared, not '\(given.text)'.")
        }
        children.sharing = sharing
        return children
    }
}
