/// Sends requests to servers elsewhere. The live one speaks HTTP/1.1 over TLS and follows no redirects.
package struct WebClient: Sendable {
    package var send: @Sendable (WebRequest) async -> Result<WebResponse, WebFailure>

    package init(send: @escaping @Sendable (WebRequest) async -> Result<WebResponse, WebFailure>) {
        self.send = send
    }
}
