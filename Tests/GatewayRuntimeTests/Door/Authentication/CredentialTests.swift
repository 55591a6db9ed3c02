import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `What a request shows` {
    private func shown(_ headers: HTTPHeaders, keys: Bool = true) -> PresentedCredential {
        PresentedCredential(headers, readsKeyField: keys)
    }

    @Test func `is a bearer token or a key`() {
        #expect(shown(["authorization": "Bearer abc"]) == .secret("abc"))
        #expect(shown(["Authorization": "bEARER   abc.d-e_f=="]) == .secret("abc.d-e_f=="))
        #expect(shown(["x-api-key": "abc"]) == .secret("abc"))
        #expect(shown(["x-api-key": "abc"], keys: false) == .nothing)
    }

    @Test(
        arguments: [[:], ["authorization": "Basic YTpi"], ["authorization": "Bearerabc"], ["authorization": ""]]
            as [HTTPHeaders])
    func `is nothing without a scheme that is understood`(headers: HTTPHeaders) { #expect(shown(headers) == .nothing) }

    @Test(arguments: [
        [("authorization", "Bearer a"), ("authorization", "Bearer b")],
        [("authorization", "Bearer a"), ("Authorization", "Bearer a")],
        [("x-api-key", "a"), ("x-api-key", "a")], [("authorization", "Bearer a"), ("x-api-key", "a")],
        [("authorization", "Bearer")], [("authorization", "Bearer ")], [("authorization", "Bearer a b")],
        [("authorization", "Bearer a,b")], [("authorization", "Bearer \u{e4}")], [("x-api-key", "")],
        [("x-api-key", "a\tb")],
    ])
    func `is malformed where it can be read in two ways`(fields: [(String, String)]) {
        guard case .malformed(let words) = shown(HTTPHeaders(fields)) else {
            Issue.record("\(shown(HTTPHeaders(fields)))")
            return
        }
        #expect(!words.isEmpty)
    }
}

@Suite struct `A challenge` {
    @Test func `is one, and says all that a client needs`() {
        #expect(Challenge().field == "Bearer")
        let challenge = Challenge(metadata: "https://a.example/m", scopes: ["read", "write"])
        #expect(challenge.field == #"Bearer resource_metadata="https://a.example/m", scope="read write""#)
        #expect(
            challenge.with(.insufficientScope, "No.").field
                == #"Bearer error="insufficient_scope", resource_metadata="https://a.example/m", scope="read write", "#
                + #"error_description="No.""#
        )
    }
}
