import ArgumentParser

extension GatewaySettings {
    func children(_ flags: ChildrenOptions) throws -> ChildrenConfiguration {
        var children = ChildrenConfiguration()
        guard let given = text(flags.children, "--children", "SLIPWAY_CHILDREN") else { return children }
        guard let sharing = ChildrenConfiguration.Sharing(rawValue: given.text) else {
            throw ValidationError("\(given.place) is session or shared, not '\(given.text)'.")
        }
        children.sharing = sharing
        return children
    }
}
