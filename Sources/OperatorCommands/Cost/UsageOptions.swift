import ArgumentParser
import FleetModel

/// What is billed by use, as an operator expects it for each region and month.
struct UsageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("GB of logs, written and kept.", valueName: "gb"))
    var logsGB = "1"

    @Option(help: ArgumentHelp("Load balancer capacity units, on average.", valueName: "units"))
    var lcu = "0"

    @Option(help: ArgumentHelp("GB sent to clients.", valueName: "gb"))
    var transferGB = "0"

    @Option(help: ArgumentHelp("GB between zones.", valueName: "gb"))
    var zoneTransferGB = "0"

    @Option(help: ArgumentHelp("GB through a NAT gateway.", valueName: "gb"))
    var natGB = "0"

    @Option(help: ArgumentHelp("Millions of requests that a firewall looks at.", valueName: "millions"))
    var wafRequests = "0"

    func validate() throws {
        for (flag, text) in flags where Self.quantity(text) == nil {
            throw ValidationError("\(flag) is a number from 0 to 1000000 with at most 6 digits behind the point.")
        }
    }

    var usage: Usage {
        func read(_ text: String) -> Quantity { Self.quantity(text) ?? .zero }
        var usage = Usage()
        usage.logs = read(logsGB)
        usage.capacityUnits = read(lcu)
        usage.transferOut = read(transferGB)
        usage.transferBetweenZones = read(zoneTransferGB)
        usage.natTraffic = read(natGB)
        usage.firewallRequests = read(wafRequests)
        return usage
    }

    private var flags: [(String, String)] {
        [
            ("--logs-gb", logsGB), ("--lcu", lcu), ("--transfer-gb", transferGB),
            ("--zone-transfer-gb", zoneTransferGB), ("--nat-gb", natGB), ("--waf-requests", wafRequests),
        ]
    }

    private static func quantity(_ text: String) -> Quantity? {
        guard let quantity = Quantity(text), quantity.denominator <= 1_000_000,
            quantity.numerator <= 1_000_000 * quantity.denominator
        else { return nil }
        return quantity
    }
}
