/// The result of `initialize`.
struct Welcome: Encodable {
    let protocolVersion: String
    let capabilities = Capabilities()
    let serverInfo = Server()
    let instructions =
        "A demo of a server behind a gateway: echo and count show sessions, slow shows progress and "
        + "cancellation, ask shows a question to the client, where shows which replica answers."

    struct Capabilities: Encodable {
        let tools = Nothing()
    }

    struct Server: Encodable {
        let name = "slipway-demo-server"
        let version = "1.0.0"
    }
}
