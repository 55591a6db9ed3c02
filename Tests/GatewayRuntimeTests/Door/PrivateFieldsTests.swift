import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `Private fields` {
    @Test(arguments: [
        "Authorization", "AUTHORIZATION", "X-API-Key", "X-Forwarded-User", "x_forwarded_user", "X-Forwarded-Email",
        "X-Auth-Request-Email", "X-Amzn-Oidc-Identity", "X-User-Id", "Remote-User", "REMOTE_USER",
        "X-Goog-Authenticated-User-Email", "Slipway-Hop", "slipway-hop-caller", "Proxy-Authorization",
    ])
    func `do not go on`(name: String) {
        var headers = HTTPHeaders([("host", "a"), (name, "1"), ("accept", "x"), (name, "2")])
        headers.removePrivateFields()
        #expect(headers.map(\.name) == ["host", "accept"])
    }

    @Test(arguments: [
        "Accept", "Content-Type", "Mcp-Session-Id", "Mcp-Param-User", "X-Forwarded-For", "X-Forwarded-Proto",
        "X-Request-Id", "User-Agent", "X-Users", "Authorization-Hint", "traceparent", "Cookie2",
    ])
    func `are no others`(name: String) {
        var headers = HTTPHeaders([(name, "1")])
        headers.removePrivateFields()
        #expect(headers.map(\.name) == [name])
    }

    @Test func `are the cookies by which somebody signed in, and no others`() {
        var headers: HTTPHeaders = ["cookie": "a=1; AWSELBAuthSessionCookie-0=secret; _oauth2_proxy_1=x; b=2"]
        headers.removePrivateFields()
        #expect(headers["cookie"] == ["a=1; b=2"])
        headers = ["cookie": "CF_Authorization=secret"]
        headers.removePrivateFields()
        #expect(headers["cookie"] == [])
    }
}
