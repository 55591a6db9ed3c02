import ArgumentParser
import HTTPTransport
import Testing

@testable import GatewayRuntime

@Suite struct `The rules for sessions` {
    private func read(_ flags: [String], _ environment: [String: String] = [:]) throws -> GatewayConfiguration {
        let command = try GatewayCommand.parse(flags + ["--", "python3", "-m", "server"])
        return try GatewaySettings(environment: environment).configuration(from: command)
    }

    private func words(_ flags: [String], _ environment: [String: String] = [:]) throws -> String {
        let error = #expect(throws: ValidationError.self) { try read(flags, environment) }
        return try #require(error).message
    }

    @Test func `have defaults, flags and variables`() throws {
        #expect(try read([]).sessionRules == SessionRules())
        let flags = [
            "--max-children", "7", "--when-full", "oldest-idle", "--on-owner-lost", "expire", "--eras", "sessions",
        ]
        let rules = try read(flags).sessionRules
        #expect(rules.childLimit == 7 && rules.whenFull == .oldestIdle && rules.ownerLost == .expire)
        #expect(rules.eras == .sessions)
        let variables = [
            "SLIPWAY_MAX_CHILDREN": "7", "SLIPWAY_WHEN_FULL": "oldest-idle", "SLIPWAY_ON_OWNER_LOST": "expire",
            "SLIPWAY_ERAS": "sessions",
        ]
        #expect(try read([], variables).sessionRules == rules)
        #expect(try read(["--on-owner-lost", "resume"], variables).sessionRules.ownerLost == .resume)
    }

    @Test func `say what they would understand`() throws {
        #expect(try words(["--when-full", "x"]) == "--when-full is refuse or oldest-idle, not 'x'.")
        #expect(
            try words([], ["SLIPWAY_ON_OWNER_LOST": "x"]) == "SLIPWAY_ON_OWNER_LOST is resume or expire, not 'x'."
        )
        #expect(try words(["--eras", "modern"]) == "--eras is both or sessions, not 'modern'.")
        #expect(try words(["--max-children", "0"]).hasPrefix("--max-children is a number from 1"))
    }

    @Test func `the container's address is asked for only where it is needed`() throws {
        let ecs = [
            "ECS_CONTAINER_METADATA_URI_V4": "http://169.254.170.2/v4/abc-123",
            "SLIPWAY_FLEET_KEY": String(repeating: "k", count: 32),
        ]
        let asked = try read(["--host", "0.0.0.0"], ecs).ownAddress
        #expect(asked?.server.description == "169.254.170.2:80" && asked?.path == "/v4/abc-123")
        #expect(try read([], ecs).ownAddress == nil)
        #expect(try read(["--host", "0.0.0.0", "--advertise", "10.0.0.1:8001"], ecs).ownAddress == nil)
        var strange = ecs
        strange["ECS_CONTAINER_METADATA_URI_V4"] = "ftp://x"
        #expect(try words(["--host", "0.0.0.0"], strange).contains("ECS_CONTAINER_METADATA_URI_V4"))
    }
}
