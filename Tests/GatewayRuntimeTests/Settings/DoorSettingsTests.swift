import ArgumentParser
import Logging
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The door's settings` {
    private static let tokens = [
        "--jwt-issuer", "http://127.0.0.1:9", "--jwt-audience", "https://a.example/mcp", "--public-url",
        "https://a.example/mcp",
    ]
    private static let key = "0123456789abcdef"

    private func read(_ flags: [String], _ environment: [String: String] = [:]) throws -> DoorConfiguration {
        let command = try GatewayCommand.parse(flags + ["--", "server"])
        return try GatewaySettings(environment: environment).configuration(from: command).door
    }

    private func words(_ flags: [String], _ environment: [String: String] = [:]) throws -> String {
        let error = #expect(throws: ValidationError.self) { try read(flags, environment) }
        return try #require(error).message
    }

    @Test func `ask nobody unless they are told to`() throws {
        let door = try read([])
        guard case .nobody = door.signIn else { Issue.record("\(door.signIn)"); return }
        #expect(door.rate == nil && door.allowedHosts.isEmpty && !door.trustsForwarded)
    }

    @Test func `take keys from the environment`() throws {
        let door = try read([], ["SLIPWAY_API_KEYS": "alice:\(Self.key), bob:\(Self.key)x"])
        guard case .keys(let keys) = door.signIn else { Issue.record("\(door.signIn)"); return }
        #expect(keys.entries.map(\.name) == ["alice", "bob"])
        let short = try words([], ["SLIPWAY_API_KEYS": "alice:s3cret"])
        #expect(short.hasPrefix("SLIPWAY_API_KEYS: ") && short.contains("alice") && !short.contains("s3cret"))
        #expect(try words([], ["SLIPWAY_API_KEYS": ""]).contains("holds no key"))
        #expect(try words(["--api-keys-file", "/nowhere/keys"]).contains("'/nowhere/keys' can't be read"))
        let both = ["SLIPWAY_API_KEYS": "alice:\(Self.key)"]
        #expect(try words(["--api-keys-file", "/nowhere/keys"], both).contains("twice"))
        #expect(try words(Self.tokens, both).contains("not both"))
    }

    @Test func `are not written into an error together with the service`() throws {
        let secrets = ["SLIPWAY_API_KEYS": "alice:\(Self.key)", "SLIPWAY_FLEET_KEY": String(repeating: "k", count: 32)]
        let command = try GatewayCommand.parse(["--", "server"])
        let configuration = try GatewaySettings(environment: secrets).configuration(from: command)
        let service = GatewayService(configuration, log: Logger(label: "test"))
        #expect("\(service)" == "the gateway")
        for (_, secret) in secrets { #expect(!"\(configuration)".contains(secret)) }
    }

    @Test func `take tokens with everything that is needed to judge them`() throws {
        let door = try read(
            Self.tokens + ["--jwt-scopes", "read write", "--jwt-algorithms", "ES256,RS256", "--jwt-skew", "5"]
        )
        guard case .tokens(let settings) = door.signIn else { Issue.record("\(door.signIn)"); return }
        #expect(settings.issuer == "http://127.0.0.1:9" && settings.audiences == ["https://a.example/mcp"])
        #expect(settings.scopes == ["read", "write"] && settings.algorithms == [.ES256, .RS256])
        #expect(settings.clockSkew == 5 && settings.trust == nil && settings.keys == nil)
        #expect(settings.challenge.metadata == "https://a.example/.well-known/oauth-protected-resource/mcp")
    }

    @Test func `leave no door open by half`() throws {
        #expect(try words(Array(Self.tokens.prefix(4))).contains("--public-url"))
        #expect(try words(Array(Self.tokens.prefix(2) + Self.tokens.suffix(2))).contains("--jwt-audience"))
        for flag in ["--jwt-audience", "--jwt-scopes", "--jwt-algorithms", "--jwks-url"] {
            #expect(try words([flag, "x"]).contains("--jwt-issuer"))
        }
        for name in ["none", "HS256", "rs256"] {
            #expect(try words(Self.tokens + ["--jwt-algorithms", name]).contains("not '\(name)'"))
        }
        for url in ["http://issuer.example", "issuer.example", "https://a@b.example", "ftp://a.example", "https://a#b"]
        {
            #expect(try words(["--jwt-issuer", url]).hasPrefix("--jwt-issuer is an https:// URL"))
            #expect(try words(["--public-url", url]).hasPrefix("--public-url is an https:// URL"))
        }
        #expect(try words(Self.tokens + ["--jwt-scopes", "a\"b"]).contains("is no scope"))
    }

    @Test func `read hosts, rates and trust`() throws {
        let door = try read(
            ["--allow-host", "a.example", "--allow-host", "b.example", "--rate", "10/s", "--trust-forwarded"],
            ["SLIPWAY_ALLOW_HOST": "c.example"]
        )
        #expect(door.allowedHosts == ["a.example", "b.example", "c.example"])
        #expect(door.rate == Rate(count: 10, period: .seconds(1)) && door.trustsForwarded)
        #expect(try read([], ["SLIPWAY_TRUST_FORWARDED": "1"]).trustsForwarded)
        #expect(try words([], ["SLIPWAY_TRUST_FORWARDED": "perhaps"]).contains("SLIPWAY_TRUST_FORWARDED is 1 or 0"))
        #expect(try words([], ["SLIPWAY_RATE": "fast"]).hasPrefix("SLIPWAY_RATE is a number of requests"))
        let shown = try read(["--allow-host", "a.example", "--public-url", "https://b.example/mcp"])
        #expect(shown.allowedHosts == ["a.example", "b.example"])
    }
}
