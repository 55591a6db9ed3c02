/// What no rehearsal on one machine can show, in words for whoever decides.
enum EmulatorLimits {
    static let always = [
        "How long AWS takes: a real balancer needs minutes to begin, a task half a minute or more.",
        "Capacity and quotas: whether your account may have these tasks, addresses and balancers, and whether Spot has any.",
        "Permissions: whoever applies is allowed everything here. slipway doctor asks your account.",
        "DNS and TLS: names don't resolve outside, certificates are granted at once, and the balancer speaks plain HTTP.",
        "The way between regions: which one Route 53 would send a client to.",
        "The firewall, alarms and the bill: they are made, and nothing is measured. slipway cost tells the bill.",
    ]

    static let withContainers = [
        "A balancer's own failures: this one leaves a dead task out at the first refused connection, AWS's after its "
            + "health checks, and answers 502 meanwhile.",
        "The task's role: a container gets no AWS credentials here.",
    ]

    static let withoutContainers = [
        "Whatever runs: tasks are entries in a table here, always healthy. No image was started, no MCP client called, "
            + "and nobody was killed."
    ]

    static func all(isReal: Bool) -> [String] { (isReal ? withContainers : withoutContainers) + always }
}
