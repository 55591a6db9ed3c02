import FleetModel

/// The switches of `options.tf` that the fleet file knows.
extension TerraformVariables {
    static func options(_ region: Region) -> [String: TerraformValue] {
        let task = region.task
        let egress = region.network.egress
        var values: [String: TerraformValue] = [
            "task": .object([
                "architecture": .text(task.architecture.rawValue),
                "spot_percent": .number(task.spotPercent),
                "execute_command": .flag(task.allowsShell),
            ]),
            "private_subnets": .object(
                ["enabled": .flag(egress.isPrivate)].merging(
                    egress.isPrivate ? ["egress": .text(egress.rawValue)] : [:]
                ) { $1 }
            ),
            "waf": .object(["enabled": .flag(region.protection.hasFirewall)]),
            "encryption": .object(["enabled": .flag(region.protection.hasOwnKey)]),
            "monitoring": .object(monitoring(region.monitoring)),
        ]
        if task.maxCount > task.desiredCount {
            values["autoscaling"] = .object(["max_count": .number(task.maxCount)])
        }
        values["allowed_cidrs"] = region.protection.allowedCIDRs.map { .list($0) }
        return values
    }

    private static func monitoring(_ monitoring: Monitoring) -> [String: TerraformValue] {
        var values: [String: TerraformValue] = [
            "alarms": .flag(monitoring.hasAlarms),
            "dashboard": .flag(monitoring.hasDashboard),
            "container_insights": .flag(monitoring.hasContainerInsights),
            "log_retention_days": .number(monitoring.logRetentionDays),
        ]
        values["email"] = monitoring.alarmEmail.map { .text($0) }
        return values
    }
}
