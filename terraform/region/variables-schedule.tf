# How many tasks, and when: the weekend schedule and autoscaling.

variable "enable_weekend_only" {
  description = "Whether tasks run within the schedule's hours only."
  type        = bool
  default     = false
}

variable "destroy_albs_when_scaled_down" {
  description = "Whether the balancer is removed outside of the hours too. Saves about 24 a month, and costs some minutes at every start."
  type        = bool
  default     = false

  validation {
    condition     = !var.destroy_albs_when_scaled_down || var.enable_weekend_only
    error_message = "destroy_albs_when_scaled_down does nothing, as the region never scales down: set enable_weekend_only too."
  }
  validation {
    condition     = !var.destroy_albs_when_scaled_down || var.enable_domain
    error_message = "destroy_albs_when_scaled_down needs a domain: a balancer that is made again has another address, and only a name of yours finds it."
  }
  validation {
    condition     = !var.destroy_albs_when_scaled_down || var.create_alb
    error_message = "destroy_albs_when_scaled_down needs a balancer to remove: set create_alb too."
  }
}

variable "weekend_hours_start" {
  description = "The hour a day of the schedule starts, in timezone."
  type        = number
  default     = 6

  validation {
    condition = (
      var.weekend_hours_start >= 0
      && var.weekend_hours_start <= 23
      && floor(var.weekend_hours_start) == var.weekend_hours_start
    )
    error_message = "weekend_hours_start is an hour, 0 to 23."
  }
}

variable "weekend_hours_end" {
  description = "The hour a day of the schedule ends, in timezone; 24 is midnight."
  type        = number
  default     = 22

  validation {
    condition = (
      var.weekend_hours_end >= 1
      && var.weekend_hours_end <= 24
      && floor(var.weekend_hours_end) == var.weekend_hours_end
    )
    error_message = "weekend_hours_end is an hour, 1 to 24."
  }
  validation {
    condition     = var.weekend_hours_start < var.weekend_hours_end
    error_message = "weekend_hours_start is not before weekend_hours_end, which leaves no hours: write such as 6 and 22."
  }
}

variable "weekend_days" {
  description = "The days of the schedule. The weekend, unless you say otherwise."
  type        = list(string)
  default     = ["SAT", "SUN"]

  validation {
    condition = (
      length(var.weekend_days) > 0
      && length(distinct(var.weekend_days)) == length(var.weekend_days)
      && alltrue([for day in var.weekend_days : contains(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"], day)])
    )
    error_message = "weekend_days are MON, TUE, WED, THU, FRI, SAT and SUN, at least one and each once."
  }
}

variable "timezone" {
  description = "The time zone of the hours, such as Europe/Berlin; summer time is followed."
  type        = string
  default     = "UTC"

  validation {
    condition     = var.timezone == "UTC" || can(regex("^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)(/[A-Za-z][A-Za-z0-9_+-]*){1,2}$", var.timezone))
    error_message = "timezone is an area and a city, such as Europe/Berlin, or UTC."
  }
}

variable "autoscaling" {
  description = <<-EOT
    max_count: how many tasks there may be; null is desired_count, which turns autoscaling off.
    cpu_percent: the average use of CPU to hold.
    scale_out_seconds, scale_in_seconds: rest between two steps up, and between two steps down.
  EOT
  type = object({
    max_count         = optional(number)
    cpu_percent       = optional(number, 60)
    scale_out_seconds = optional(number, 60)
    scale_in_seconds  = optional(number, 300)
  })
  default = {}

  validation {
    condition = var.autoscaling.max_count == null ? true : (
      var.autoscaling.max_count >= var.desired_count
      && var.autoscaling.max_count <= 1000
      && floor(var.autoscaling.max_count) == var.autoscaling.max_count
    )
    error_message = "autoscaling.max_count is below desired_count or above 1000: write the most tasks there may be."
  }
  validation {
    condition     = var.autoscaling.cpu_percent >= 1 && var.autoscaling.cpu_percent <= 100
    error_message = "autoscaling.cpu_percent is 1 to 100."
  }
  validation {
    condition     = var.autoscaling.scale_out_seconds >= 0 && var.autoscaling.scale_in_seconds >= 0
    error_message = "autoscaling.scale_out_seconds and scale_in_seconds are 0 or more."
  }
}
