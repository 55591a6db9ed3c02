import ArgumentParser
import HTTPTransport
import Logging
import NIOCore

/// Reading what is told of the gateway to the outside.
extension GatewaySettings {
    func observation(from flags: GatewayCommand) throws -> Observation {
        let own = flags.observing
        var all = Observation()
        let port = try number(own.metricsPort, "--metrics-port", "SLIPWAY_METRICS_PORT", 0...65535)
        let host = own.metricsHost ?? environment["SLIPWAY_METRICS_HOST"] ?? "127.0.0.1"
        all.metrics = port.map { HTTPTarget(host: host, port: $0) }
        if port == nil, let given = text(own.metricsHost, "--metrics-host", "SLIPWAY_METRICS_HOST") {
            throw ValidationError("\(given.place) needs a port to listen on: --metrics-port 9100")
        }
        let interval = try seconds(
            own.metricsEmfInterval,
            "--metrics-emf-interval",
            "SLIPWAY_METRICS_EMF_INTERVAL",
            1...3_600
        )
        if try toggle(own.metricsEmf, "SLIPWAY_METRICS_EMF") ?? false { all.emfInterval = interval ?? .seconds(60) }
        all.service = try serviceName(own.metricsService) ?? all.service
        let format = try logFormat(flags.logFormat)
        let isWanted = try toggle(own.logRequests, "SLIPWAY_LOG_REQUESTS") ?? (format == .json)
        if isWanted, try logLevel(flags.logLevel) <= .info { all.requestLog = format }
        let limit = try number(
            own.exitWhenUnhealthy, "--exit-when-unhealthy", "SLIPWAY_EXIT_WHEN_UNHEALTHY", 0...86_400)
        if let limit { all.unhealthyTime = limit == 0 ? nil : .seconds(Int64(limit)) }
        return all
    }

    /// A dimension's value (CloudWatch, Dimension: 1 to 1024 characters of ASCII); ours is a name.
    private func serviceName(_ flag: String?) throws -> String? {
        guard let given = text(flag, "--metrics-service", "SLIPWAY_METRICS_SERVICE") else { return nil }
        guard (1...255).contains(given.text.utf8.count), given.text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw ValidationError("\(given.place) is a name of 1 to 255 visible ASCII characters.")
        }
        return given.text
    }

    /// A setting that is on or off.
    private func toggle(_ flag: Bool?, _ variable: String) throws -> Bool? {
        guard flag == nil, let text = environment[variable] else { return flag }
        switch text {
        case "on": return true
        case "off": return false
        default: throw ValidationError("\(variable) is on or off, not '\(text)'.")
        }
    }
}
