import ArgumentParser
import HTTPTransport
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `Settings for whoever watches` {
    private func read(_ flags: [String], _ environment: [String: String] = [:]) throws -> Observation {
        let command = try GatewayCommand.parse(flags + ["--", "python3", "-m", "server"])
        return try GatewaySettings(environment: environment).configuration(from: command).observing
    }

    private func words(_ flags: [String], _ environment: [String: String] = [:]) throws -> String {
        let error = #expect(throws: ValidationError.self) { try read(flags, environment) }
        return try #require(error).message
    }

    @Test func `have defaults`() throws {
        let all = try read([])
        #expect(all.metrics == nil && all.emfInterval == nil && all.service == "slipway")
        #expect(all.requestLog == .json && all.unhealthyTime == .seconds(60))
    }

    @Test func `are flags`() throws {
        let all = try read([
            "--metrics-port", "0", "--metrics-host", "0.0.0.0", "--metrics-emf", "--metrics-emf-interval", "10",
            "--metrics-service", "orders", "--no-log-requests", "--exit-when-unhealthy", "0",
        ])
        #expect(all.metrics == HTTPTarget(host: "0.0.0.0", port: 0))
        #expect(all.emfInterval == .seconds(10) && all.service == "orders")
        #expect(all.requestLog == nil && all.unhealthyTime == nil)
    }

    @Test func `are variables, and a flag wins`() throws {
        let environment = [
            "SLIPWAY_METRICS_PORT": "9100", "SLIPWAY_METRICS_HOST": "::", "SLIPWAY_METRICS_EMF": "on",
            "SLIPWAY_METRICS_SERVICE": "orders", "SLIPWAY_LOG_REQUESTS": "off", "SLIPWAY_EXIT_WHEN_UNHEALTHY": "7",
        ]
        let all = try read([], environment)
        #expect(all.metrics == HTTPTarget(host: "::", port: 9100))
        #expect(all.emfInterval == .seconds(60) && all.service == "orders")
        #expect(all.requestLog == nil && all.unhealthyTime == .seconds(7))
        let flagged = try read(["--no-metrics-emf", "--log-requests", "--metrics-port", "1"], environment)
        #expect(flagged.emfInterval == nil && flagged.requestLog == .json && flagged.metrics?.port == 1)
    }

    @Test func `log requests for machines, for people only when asked, and never above info`() throws {
        #expect(try read(["--log-format", "text"]).requestLog == nil)
        #expect(try read(["--log-format", "text", "--log-requests"]).requestLog == .text)
        #expect(try read(["--log-level", "warning", "--log-requests"]).requestLog == nil)
        #expect(try read(["--log-level", "debug"]).requestLog == .json)
    }

    @Test func `are refused with their place`() throws {
        #expect(try words(["--metrics-port", "70000"]).hasPrefix("--metrics-port is a number from 0 to 65535"))
        #expect(try words([], ["SLIPWAY_METRICS_EMF": "yes"]) == "SLIPWAY_METRICS_EMF is on or off, not 'yes'.")
        #expect(try words(["--metrics-host", "0.0.0.0"]).contains("--metrics-port"))
        #expect(try words(["--metrics-service", "a b"]).hasPrefix("--metrics-service is a name"))
        #expect(
            try words([], ["SLIPWAY_EXIT_WHEN_UNHEALTHY": "-1"]).hasPrefix("SLIPWAY_EXIT_WHEN_UNHEALTHY is a number"))
    }
}
