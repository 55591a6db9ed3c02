# What goes beyond the original. Related settings share an object; everything in it may be left out.

# ---- the task

variable "container_command" {
  description = "The words the server's container runs instead of its image's own; null for those."
  type        = list(string)
  default     = null

  validation {
    condition     = var.container_command == null ? true : length(var.container_command) > 0
    error_message = "container_command is empty: write the words of the command, or null for the image's own."
  }
}

variable "task" {
  description = <<-EOT
    architecture: X86_64 or ARM64, which is a fifth cheaper and needs an image for it.
    spot_percent: how many of the tasks above on_demand_base run on Spot, at a third of the price and with two minutes' notice.
    on_demand_base: tasks that never run on Spot.
    grace_period_seconds: how long a new task may fail its health check.
    wait_for_steady_state: whether apply waits until the deployment is done.
    execute_command: whether `aws ecs execute-command` opens a shell; it is logged.
    read_only_root: whether the server's file system can't be written.
    user: the user the server runs as, such as 65532:65532; null is the image's own.
    policy_arns: policies for what the server itself does in AWS.
  EOT
  type = object({
    architecture          = optional(string, "X86_64")
    spot_percent          = optional(number, 0)
    on_demand_base        = optional(number, 0)
    grace_period_seconds  = optional(number, 60)
    wait_for_steady_state = optional(bool, false)
    execute_command       = optional(bool, false)
    read_only_root        = optional(bool, false)
    user                  = optional(string)
    policy_arns           = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = contains(["X86_64", "ARM64"], var.task.architecture)
    error_message = "task.architecture is X86_64 or ARM64."
  }
  validation {
    condition = (
      var.task.spot_percent >= 0
      && var.task.spot_percent <= 100
      && floor(var.task.spot_percent) == var.task.spot_percent
    )
    error_message = "task.spot_percent is 0 to 100."
  }
  validation {
    condition = (
      var.task.on_demand_base >= 0
      && var.task.on_demand_base <= 1000
      && floor(var.task.on_demand_base) == var.task.on_demand_base
    )
    error_message = "task.on_demand_base is 0 to 1000 tasks."
  }
  validation {
    condition = (
      var.task.grace_period_seconds >= 0
      && var.task.grace_period_seconds <= 3600
      && floor(var.task.grace_period_seconds) == var.task.grace_period_seconds
    )
    error_message = "task.grace_period_seconds is 0 to 3600."
  }
  validation {
    condition     = alltrue([for arn in var.task.policy_arns : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/", arn))])
    error_message = "task.policy_arns are ARNs of IAM policies, such as arn:aws:iam::123456789012:policy/my-mcp."
  }
  validation {
    condition     = !(var.task.execute_command && var.task.read_only_root)
    error_message = "task.execute_command needs to write to the container, which task.read_only_root forbids: choose one."
  }
}

variable "task_egress_ports" {
  description = "Ports on which tasks may reach the world. 443 fetches images, secrets and most of what servers call."
  type        = list(number)
  default     = [443]

  validation {
    condition = (
      contains(var.task_egress_ports, 443)
      && alltrue([for port in var.task_egress_ports : port >= 1 && port <= 65535 && floor(port) == port])
    )
    error_message = "task_egress_ports are ports, 1 to 65535, and 443 is among them: without it no task starts."
  }
}

# ---- secrets and keys

variable "secret" {
  description = <<-EOT
    keys: the keys of the JSON object in the secret; each becomes a variable of the server. None makes no secret.
    recovery_window_in_days: how long a destroyed secret can be restored; 0 is not at all.
    existing_arn: a secret of this region that already is, such as the replica of the primary region's; null makes one.
    replica_regions: regions this one's secrets are replicated to. Written in the primary region only.
  EOT
  type = object({
    keys                    = optional(list(string), ["API_KEY"])
    recovery_window_in_days = optional(number, 7)
    existing_arn            = optional(string)
    replica_regions         = optional(list(string), [])
  })
  default = {}

  validation {
    condition = (
      alltrue([for key in var.secret.keys : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", key))])
      && length(distinct(var.secret.keys)) == length(var.secret.keys)
    )
    error_message = "secret.keys are names of variables, each once: letters, digits and _, such as API_KEY."
  }
  validation {
    condition     = !anytrue([for key in var.secret.keys : startswith(key, "SLIPWAY_")])
    error_message = "secret.keys has a setting of the gateway: write it in gateway.secrets."
  }
  validation {
    condition     = length(setintersection(var.secret.keys, keys(var.container_environment))) == 0
    error_message = "secret.keys has a name that is in container_environment too: ECS takes each once."
  }
  validation {
    condition     = var.secret.recovery_window_in_days == 0 || (var.secret.recovery_window_in_days >= 7 && var.secret.recovery_window_in_days <= 30)
    error_message = "secret.recovery_window_in_days is 0, or 7 to 30."
  }
  validation {
    condition     = var.secret.existing_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:${var.aws_region}:[0-9]{12}:secret:", var.secret.existing_arn))
    error_message = "secret.existing_arn is the ARN of a secret in this region: replicate the other region's here."
  }
  validation {
    condition     = !contains(var.secret.replica_regions, var.aws_region)
    error_message = "secret.replica_regions has this region, where the secret already is."
  }
}

variable "encryption" {
  description = <<-EOT
    enabled: whether secrets, logs, alarms and schedules are encrypted with a key of yours rather than AWS's.
    kms_key_arn: that key; null makes one, for 1 a month.
  EOT
  type = object({
    enabled     = optional(bool, false)
    kms_key_arn = optional(string)
  })
  default = {}

  validation {
    condition     = var.encryption.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:${var.aws_region}:[0-9]{12}:key/", var.encryption.kms_key_arn))
    error_message = "encryption.kms_key_arn is the ARN of a key in this region."
  }
  validation {
    condition     = var.encryption.enabled || var.encryption.kms_key_arn == null
    error_message = "encryption.kms_key_arn names a key that nothing uses: set encryption.enabled too."
  }
}

# ---- the network

variable "private_subnets" {
  description = <<-EOT
    enabled: whether tasks run without public addresses.
    egress: endpoints (AWS services only, so images must be in ECR) or nat (the world).
    cidrs: the private subnets, one for each zone; null takes blocks of the public ones' size from the VPC's middle.
  EOT
  type = object({
    enabled = optional(bool, false)
    egress  = optional(string, "nat")
    cidrs   = optional(list(string))
  })
  default = {}

  validation {
    condition     = contains(["endpoints", "nat"], var.private_subnets.egress)
    error_message = "private_subnets.egress is endpoints or nat."
  }
  validation {
    condition = !(var.private_subnets.enabled && var.private_subnets.egress == "endpoints") || alltrue([
      for image in compact([var.container_image, var.gateway_image]) : can(regex("\\.dkr\\.ecr\\.${var.aws_region}\\.", image))
    ])
    error_message = "private_subnets.egress is endpoints, which reach ECR of this region only: put the images there, or write nat."
  }
  validation {
    condition = var.private_subnets.cidrs == null ? true : alltrue([
      for cidr in var.private_subnets.cidrs : try(cidrsubnet(cidr, 0, 0) == cidr, false)
    ])
    error_message = "private_subnets.cidrs are blocks named by their first address, such as 10.10.128.0/20."
  }
}

# ---- watching

variable "monitoring" {
  description = <<-EOT
    alarms: whether errors, unhealthy targets, stopped tasks and failed deployments are told to an SNS topic.
    topic_arn: that topic; null makes one.
    email: who is written to; null for nobody.
    dashboard: whether there is a CloudWatch dashboard, for 3 a month.
    container_insights: whether ECS reports every container's metrics, which bill one by one.
    log_retention_days: how long logs are kept.
  EOT
  type = object({
    alarms             = optional(bool, false)
    topic_arn          = optional(string)
    email              = optional(string)
    dashboard          = optional(bool, false)
    container_insights = optional(bool, false)
    log_retention_days = optional(number, 7)
  })
  default = {}

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.monitoring.log_retention_days)
    error_message = "monitoring.log_retention_days is a time CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
  validation {
    condition     = var.monitoring.topic_arn == null || can(regex("^arn:[a-z-]+:sns:${var.aws_region}:[0-9]{12}:", var.monitoring.topic_arn))
    error_message = "monitoring.topic_arn is the ARN of a topic in this region."
  }
  validation {
    condition     = var.monitoring.email == null || can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.monitoring.email))
    error_message = "monitoring.email is an address, such as ops@example.com."
  }
}

# ---- Terraform itself

variable "tags" {
  description = "Further tags for everything here."
  type        = map(string)
  default     = {}

  validation {
    condition = (
      length(var.tags) <= 40
      && alltrue([for name in keys(var.tags) : length(name) <= 128 && !startswith(lower(name), "aws:")])
    )
    error_message = "tags are at most 40, and none begins with aws:, which AWS keeps for itself."
  }
}

variable "provider_settings" {
  description = <<-EOT
    offline: whether a plan makes no call to AWS, for which dummy credentials will do.
    max_retries: attempts at each call; null is the provider's 25.
    endpoint_url: another AWS, such as an emulator; null is AWS.
  EOT
  type = object({
    offline      = optional(bool, false)
    max_retries  = optional(number)
    endpoint_url = optional(string)
  })
  default = {}

  validation {
    condition = var.provider_settings.max_retries == null ? true : (
      var.provider_settings.max_retries >= 0
      && var.provider_settings.max_retries <= 100
    )
    error_message = "provider_settings.max_retries is 0 to 100."
  }
  validation {
    condition     = var.provider_settings.endpoint_url == null || can(regex("^https?://", var.provider_settings.endpoint_url))
    error_message = "provider_settings.endpoint_url is an address, such as http://127.0.0.1:4566."
  }
}
