# What it costs in a month, for the output weekend_mode_cost_analysis. The same figures as `slipway cost`, from the same
# price book (prices.tf); a test holds both to be so. docs/cost.md shows the working. A region without prices has none
# to show.

locals {
  price  = lookup(local.prices, var.aws_region, null)
  is_arm = var.task.architecture == "ARM64"

  hours_per_week = length(local.open_days) * length(local.open_hours)
  hours          = { month = 730, schedule = local.hours_per_week * 52 / 12 }

  # A task on demand, a task on Spot, and their share of each other.
  task_kinds = local.is_arm ? ["fargate-arm", "fargate-spot-arm"] : ["fargate-x86", "fargate-spot-x86"]
  task_share = [(100 - var.task.spot_percent) / 100, var.task.spot_percent / 100]
  prices_known = local.price == null ? false : alltrue([
    for index, kind in local.task_kinds : local.task_share[index] == 0 || can(local.price["${kind}-vcpu-hour"])
  ])

  usd_per_hour = !local.prices_known ? null : {
    tasks = var.desired_count * (
      sum([for index, kind in local.task_kinds : local.task_share[index] == 0 ? 0 : local.task_share[index] * (
        var.cpu / 1024 * local.price["${kind}-vcpu-hour"] + var.memory / 1024 * local.price["${kind}-gb-hour"]
      )]) + (local.tasks_are_private ? 0 : local.price["public-ipv4-hour"])
    )
    balancer = var.create_alb ? (
      local.price["load-balancer-hour"] + length(local.availability_zones) * local.price["public-ipv4-hour"]
    ) : 0
    way_out = (
      (local.uses_nat ? local.price["nat-gateway-hour"] + local.price["public-ipv4-hour"] : 0)
      + length(local.endpoint_services) * length(local.availability_zones) * local.price["interface-endpoint-hour"]
    )
  }

  # What is billed whether or not anything runs, with one GB of logs.
  usd_standing = !local.prices_known ? null : sum([
    local.hours.month * local.usd_per_hour.way_out,
    (length(aws_secretsmanager_secret.api_key) + length(aws_secretsmanager_secret.fleet_key)) * local.price["secret-month"],
    var.enable_service_discovery ? local.price["hosted-zone-month"] : 0,
    var.encryption.enabled && var.encryption.kms_key_arn == null ? local.price["kms-key-month"] : 0,
    length(local.balancer_alarms) * local.price["alarm-month"],
    var.monitoring.dashboard ? local.price["dashboard-month"] : 0,
    var.waf.enabled ? local.price["waf-acl-month"] + 3 * local.price["waf-rule-month"] : 0,
    local.price["logs-ingested-gb"] + local.price["logs-stored-gb-month"],
  ])

  cost_analysis = {
    hours_per_week = local.hours_per_week
    usd_per_month = !local.prices_known ? null : { for mode, usd in {
      always                 = local.hours.month * (local.usd_per_hour.tasks + local.usd_per_hour.balancer)
      weekend_keeping_alb    = local.hours.schedule * local.usd_per_hour.tasks + local.hours.month * local.usd_per_hour.balancer
      weekend_destroying_alb = local.hours.schedule * (local.usd_per_hour.tasks + local.usd_per_hour.balancer)
    } : mode => floor((usd + local.usd_standing) * 100 + 0.5) / 100 }
    left_out = "capacity units, transfer, more logs than 1 GB and what the fleet has once: docs/cost.md"
  }
}
