/// The servers that clients of this replica share.
extension Gateway {
    /// The shared server that speaks one era's protocol; the eras never share a process.
    func sharedServer(_ flavour: Multiplexer.Flavour) -> SharedServer {
        if let server = sharedServers[flavour] { return server }
        let server = SharedServer(flavour, gateway: self)
        sharedServers[flavour] = server
        return server
    }
}
