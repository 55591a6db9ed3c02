import ArgumentParser
import Testing

@testable import GatewayRuntime

@Suite struct `A setting that can't be understood` {
    @Test(arguments: ["SLIPWAY_PATH", "SLIPWAY_ADVERTISE", "SLIPWAY_LOG_FORMAT", "SLIPWAY_LOG_LEVEL"])
    func `is named by its variable where it stands in the environment`(variable: String) throws {
        let settings = GatewaySettings(environment: [variable: "nonsense"])
        let error = #expect(throws: ValidationError.self) {
            _ = try settings.configuration(from: GatewayCommand.parse(["--", "server"]))
            _ = try settings.logFormat(nil)
            _ = try settings.logLevel(nil)
        }
        #expect(error?.message.contains(variable) == true)
    }
}
