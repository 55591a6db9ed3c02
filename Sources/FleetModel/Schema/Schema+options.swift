extension Schema {
    /// Where Terraform keeps what it made.
    static let state: [Setting] = [
        Setting(
            .bucket, .state, .text,
            .derived("files beside the fleet file, in `slipway-state`", example: "my-org-terraform-state"),
            "The S3 bucket that keeps Terraform's states, and the lock of whoever is at work; `slipway state bootstrap` makes it."
        ),
        Setting(
            .bucketRegion, .state, .text, .derived("the first region of the file", example: "eu-west-1"),
            "The region of that bucket."
        ),
    ]

    /// What beyond the original's settings `defaults` and a region may say.
    static let options: [Setting] = [
        Setting(
            .privateSubnets, .defaults, .choice(Egress.allCases.map(\.rawValue)), .value(.text("none")),
            "Whether tasks run without public addresses, and how they reach the world then."
        ),
        Setting(
            .allowedCIDRs, .defaults, .words, .derived("everybody", example: "[203.0.113.0/24]"),
            "The blocks of addresses that may connect."
        ),
        Setting(
            .enableWAF, .defaults, .boolean, .value(.boolean(false)),
            "Whether a firewall with a rate limit stands in front of the load balancer."
        ),
        Setting(
            .enableEncryption, .defaults, .boolean, .value(.boolean(false)),
            "Whether a KMS key of your own, rather than AWS's, encrypts secrets, logs and alarms."
        ),
        Setting(
            .enableAlarms, .defaults, .boolean, .value(.boolean(false)),
            "Whether errors, unhealthy tasks and failed deployments are told to an SNS topic."
        ),
        Setting(
            .alarmEmail, .defaults, .text, .derived("nobody", example: "ops@example.com"),
            "Who is written to when an alarm rings."
        ),
        Setting(
            .enableDashboard, .defaults, .boolean, .value(.boolean(false)), "Whether there is a CloudWatch dashboard."
        ),
        Setting(
            .enableContainerInsights, .defaults, .boolean, .value(.boolean(false)),
            "Whether ECS reports every container's metrics, which bill one by one."
        ),
        Setting(
            .logRetentionDays, .defaults, .integer(1...3653), .value(.integer(7)),
            "How many days logs are kept; CloudWatch knows certain numbers only."
        ),
        Setting(
            .enableExecuteCommand, .defaults, .boolean, .value(.boolean(false)),
            "Whether a shell can be opened in a task; what is typed is logged."
        ),
    ]
}
