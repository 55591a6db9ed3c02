import ArgumentParser
import HTTPTransport
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(1))) struct `slipway-gateway health` {
    private func command(_ words: [String]) throws -> HealthCommand {
        try #require(try GatewayCommand.parseAsRoot(["health"] + words) as? HealthCommand)
    }

    private func target(_ words: [String], _ environment: [String: String] = [:]) throws -> String {
        "\(try command(words).target(environment))"
    }

    @Test func `asks where the gateway was told to listen`() throws {
        #expect(try target([]) == "127.0.0.1:8001")
        #expect(try target([], ["SLIPWAY_HOST": "0.0.0.0", "SLIPWAY_PORT": "9001"]) == "127.0.0.1:9001")
        #expect(try target([], ["SLIPWAY_HOST": "::"]) == "[::1]:8001")
        #expect(try target([], ["SLIPWAY_HOST": "10.0.0.7"]) == "10.0.0.7:8001")
        #expect(try target(["--host", "127.0.0.2", "--port", "7"], ["SLIPWAY_PORT": "9001"]) == "127.0.0.2:7")
        #expect(throws: ValidationError.self) { try target([], ["SLIPWAY_PORT": "0"]) }
    }

    @Test func `is a word of the gateway's only before the two dashes`() throws {
        let behind = try GatewayCommand.parseAsRoot(["--port", "9", "--", "health", "help"])
        #expect((behind as? GatewayCommand)?.command == ["health", "help"])
    }

    @Test func `is good while the gateway is well, and says what it was told when it is not`() async throws {
        try await LiveGateway.run("exit 1") { live in
            let command = try command(["--port", "\(live.target.port)"])
            try await command.ask([:])
            let drained = live.loop.flatSubmit { live.gateway.value.drain() }
            let error = await #expect(throws: NotWell.self) { try await command.ask([:]) }
            #expect("\(try #require(error))" == "http://\(live.target)/health: it answered 503")
            try await drained.get()
        }
    }

    @Test func `is bad where nothing listens`() async throws {
        let command = try command(["--port", "1"])
        let error = await #expect(throws: NotWell.self) { try await command.ask([:]) }
        #expect("\(try #require(error))".hasPrefix("http://127.0.0.1:1/health: "))
    }
}
