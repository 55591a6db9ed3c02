/// The fleet file's settings: the one table behind parsing, validation, `slipway init` and docs/configuration.md.
enum Schema {
    static let settings: [Setting] = fleet + server + defaults + regions + schedule + domain + state

    static func settings(in section: Section) -> [Setting] {
        section.accepted.flatMap { part in settings.filter { $0.section == part } }
    }

    /// The row of a key; every key has one, which a test holds us to.
    static func setting(_ key: SettingKey) -> Setting {
        settings.first { $0.key == key } ?? Setting(key, .fleet, .text, .required, "")
    }

    private static let ports = Setting.Shape.integer(1...65535)

    private static let fleet: [Setting] = [
        Setting(.projectName, .fleet, .text, .required, "Begins the name of everything Slipway makes in AWS."),
        Setting(
            .environment, .fleet, .text, .value(.text("dev")), "Which copy of the project this is, such as dev or prod."
        ),
    ]

    private static let server: [Setting] = [
        Setting(
            .command, .server, .words, .derived("none; give this, `url` or both", example: "[python3, -m, my_server]"),
            "The server's program, word by word; the gateway starts it and speaks to it over stdin and stdout, or at `url`."
        ),
        Setting(
            .url, .server, .text, .derived("none; give this, `command` or both", example: "http://127.0.0.1:8000/mcp"),
            "The address of a streamable HTTP server that runs beside the gateway; loopback only."
        ),
        Setting(
            .image, .server, .text, .derived("none; needed on AWS", example: "ghcr.io/my-org/my-mcp:1.0"),
            "The container image that holds the server, and the gateway unless `gateway_image` does."
        ),
        Setting(
            .gatewayImage, .server, .text,
            .derived("none: the gateway is in `image`", example: "ghcr.io/my-org/slipway-gateway:1.0"),
            "The image of a gateway in a container of its own, in front of a server that speaks HTTP."
        ),
        Setting(
            .secretKeys, .server, .words, .derived("none", example: "[API_KEY]"),
            "Variables whose values come from Secrets Manager on AWS; their names only."
        ),
    ]

    private static let defaults: [Setting] = tasks + options

    private static let tasks: [Setting] = [
        Setting(
            .cpu, .defaults, .integer(256...16384), .value(.integer(1024)), "CPU units of one task; 1024 is one vCPU."),
        Setting(
            .memory, .defaults, .integer(512...122_880), .value(.integer(3072)),
            "Memory of one task in MiB; Fargate accepts certain pairs of cpu and memory."
        ),
        Setting(
            .architecture, .defaults, .choice(Architecture.allCases.map(\.rawValue)), .value(.text("X86_64")),
            "The processors tasks run on; ARM64 is a fifth cheaper and needs an image made for it."
        ),
        Setting(.desiredCount, .defaults, .integer(0...1000), .value(.integer(2)), "How many tasks a region runs."),
        Setting(
            .maxCount, .defaults, .integer(1...1000), .derived("`desired_count`", example: "6"),
            "How many tasks there may be when they are busy."
        ),
        Setting(
            .spotPercent, .defaults, .integer(0...100), .value(.integer(0)),
            "How many of a hundred tasks run on Spot: a third of the price, and two minutes' notice."
        ),
        Setting(
            .containerPort, .defaults, ports, .value(.integer(8001)),
            "The port the gateway listens on in its container."),
        Setting(
            .containerEnvironment, .defaults, .pairs, .value(.pairs([])),
            "Variables of the container; a region's own replace these name by name. Never a secret."
        ),
        Setting(.createALB, .defaults, .boolean, .value(.boolean(true)), "Whether a region has a load balancer."),
        Setting(.albPort, .defaults, ports, .value(.integer(80)), "The port the load balancer listens on."),
        Setting(
            .targetGroupPort, .defaults, ports, .derived("`container_port`", example: "8001"),
            "The port the target group is made with; tasks register their own."
        ),
        Setting(
            .healthCheckPath, .defaults, .text, .value(.text("/health")),
            "The path the load balancer asks to learn whether a task is well."
        ),
        Setting(
            .enableServiceDiscovery, .defaults, .boolean, .value(.boolean(true)),
            "Whether tasks have private DNS names; replicas find each other by them."
        ),
        Setting(
            .serviceDiscoveryTTL, .defaults, .integer(1...3600), .value(.integer(60)),
            "Seconds a private DNS answer may be kept."
        ),
        Setting(
            .serviceDiscoveryFailureThreshold, .defaults, .integer(1...1), .value(.integer(1)),
            "Failed checks before a private name is withdrawn; AWS takes no other number."
        ),
        Setting(
            .clusterName, .defaults, .text,
            .derived("`<project_name>-<environment>-<region>-cluster`", example: "my-cluster"),
            "The name of the ECS cluster."
        ),
    ]

    private static let regions: [Setting] = [
        Setting(
            .vpcCIDR, .regions, .text, .derived("the region's own `10.x.0.0/16`", example: "10.10.0.0/16"),
            "The private network of the region, /16 to /28; no two regions may overlap."
        ),
        Setting(
            .availabilityZones, .regions, .words,
            .derived("three zones of the region", example: "[eu-west-1a, eu-west-1b]"),
            "The zones tasks are spread over; a load balancer needs two."
        ),
        Setting(
            .subnetCIDRs, .regions, .words,
            .derived(
                "a sixteenth of the VPC for each zone, /27 at the smallest", example: "[10.10.0.0/20, 10.10.16.0/20]"),
            "One subnet inside the VPC for each zone, in the zones' order."
        ),
    ]

    private static let schedule: [Setting] = [
        Setting(
            .enableWeekendOnly, .schedule, .boolean, .value(.boolean(false)),
            "Run on the days of the schedule only, between the two hours below."
        ),
        Setting(
            .destroyALBsWhenScaledDown, .schedule, .boolean, .value(.boolean(false)),
            "Also remove the load balancers while nothing runs; needs a domain, as their own names change."
        ),
        Setting(
            .weekendHoursStart, .schedule, .integer(0...23), .value(.integer(6)),
            "The hour a day of the schedule starts, in `timezone`."
        ),
        Setting(
            .weekendHoursEnd, .schedule, .integer(1...24), .value(.integer(22)),
            "The hour a day of the schedule ends, in `timezone`; 24 is midnight."
        ),
        Setting(
            .weekendDays, .schedule, .words, .derived("Saturday and Sunday", example: "[SAT, SUN]"),
            "The days of the schedule: MON, TUE, WED, THU, FRI, SAT, SUN."
        ),
        Setting(
            .timezone, .schedule, .text, .value(.text("UTC")),
            "The time zone of the hours, such as Europe/Berlin; summer time is followed."
        ),
    ]

    private static let domain: [Setting] = [
        Setting(
            .enableDomain, .domain, .boolean, .value(.boolean(false)),
            "Give all regions one public name, answered by the nearest healthy region."
        ),
        Setting(
            .domainName, .domain, .text, .derived("none; needed with `enable_domain`", example: "example.com"),
            "The Route 53 zone, such as example.com."
        ),
        Setting(
            .subdomain, .domain, .text, .value(.text("mcp")),
            "The name inside the zone: mcp makes mcp.example.com."
        ),
        Setting(
            .hostedZoneID, .domain, .text,
            .derived("looked up by `domain_name`", example: "Z0123456789ABCDEFGHIJ"),
            "The id of the Route 53 zone, where two have the same name."
        ),
        Setting(.enableIPv6, .domain, .boolean, .value(.boolean(false)), "Also answer over IPv6."),
    ]
}
