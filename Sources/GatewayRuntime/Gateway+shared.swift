/// The servers that clients of this replica share.
extension Gateway {
    /// Starts a server process of the configured command.
    func startChild(for observer: any ChildObserver) throws(SpawnFailure) -> ChildProcess {
        try ChildProcess(
            try serverCommand(),
            lineLimit: configuration.messageLimit,
            eventLoop: eventLoop,
            reaper: reaper,
            observer: observer
        )
    }

    /// The shared server that speaks one era's protocol; the eras never share a process.
    func sharedServer(_ flavour: Multiplexer.Flavour) -> SharedServer {
        if let server = sharedServers[flavour] { return server }
        let server = SharedServer(flavour, gateway: self)
        sharedServers[flavour] = server
        return server
    }
}
