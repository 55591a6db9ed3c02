# What it costs, roughly, for the output weekend_mode_cost_analysis. docs/cost.md shows the working and what is left
# out; a region without prices here has none to show.

locals {
  # US dollars an hour. AWS price lists of September and October 2026; an address is 0.005 everywhere.
  prices = {
    "us-east-1" = { x86_cpu = 0.04048, x86_gb = 0.004445, arm_cpu = 0.03238, arm_gb = 0.00356, alb = 0.0225 }
    "eu-west-1" = { x86_cpu = 0.04048, x86_gb = 0.004445, arm_cpu = 0.03238, arm_gb = 0.00356, alb = 0.0252 }
    "eu-west-2" = { x86_cpu = 0.04656, x86_gb = 0.00511, arm_cpu = 0.03725, arm_gb = 0.00409, alb = 0.02646 }
  }
  price   = lookup(local.prices, var.aws_region, null)
  is_arm  = var.task.architecture == "ARM64"
  address = 0.005
  task_usd = local.price == null ? null : (
    var.cpu / 1024 * (local.is_arm ? local.price.arm_cpu : local.price.x86_cpu)
    + var.memory / 1024 * (local.is_arm ? local.price.arm_gb : local.price.x86_gb)
    + (local.tasks_are_private ? 0 : local.address)
  )
  alb_usd = local.price == null ? null : local.price.alb + length(local.availability_zones) * local.address

  hours_per_week    = length(local.open_days) * length(local.open_hours)
  weekly_to_monthly = 365 / 7 / 12
  hours = {
    month   = 730
    weekend = local.hours_per_week * local.weekly_to_monthly
  }

  cost_analysis = {
    hours_per_week = local.hours_per_week
    usd_per_month = local.price == null ? null : { for mode, usd in {
      always                 = local.hours.month * (var.desired_count * local.task_usd + (var.create_alb ? local.alb_usd : 0))
      weekend_keeping_alb    = local.hours.weekend * var.desired_count * local.task_usd + (var.create_alb ? local.hours.month * local.alb_usd : 0)
      weekend_destroying_alb = local.hours.weekend * (var.desired_count * local.task_usd + (var.create_alb ? local.alb_usd : 0))
    } : mode => floor(usd * 100 + 0.5) / 100 }
    left_out = "requests, logs, secrets, DNS zones and transfer: docs/cost.md"
  }
}
