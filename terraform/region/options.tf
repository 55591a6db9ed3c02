# What goes beyond the original. Related settings share an object; everything in it may be left out.

# ---- the gateway

variable "gateway_image" {
  description = "The image of slipway-gateway, which then faces the balancer in front of an HTTP server. Null for none."
  type        = string
  default     = null

  validation {
    condition     = var.gateway_image == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._:/@-]*$", var.gateway_image))
    error_message = "gateway_image is an image's name, such as ghcr.io/my-org/slipway-gateway:1.0."
  }
  validation {
    condition     = var.gateway_image == null || !var.gateway_in_image
    error_message = "gateway_image and gateway_in_image exclude each other: the gateway is a container of its own, or in the server's."
  }
  validation {
    condition     = var.gateway_image == null || var.gateway.server_port != var.container_port
    error_message = "gateway.server_port is container_port, on which the gateway itself listens: let the server listen on another port, such as 8000."
  }
}

variable "gateway_in_image" {
  description = "Whether container_image starts the gateway itself, as for stdio servers."
  type        = bool
  default     = false
}

variable "gateway" {
  description = <<-EOT
    server_port: where the HTTP server listens, for this task only.
    upstream_path: the server's MCP endpoint.
    path: the endpoint that clients see.
    drain_seconds: how long calls in flight may take when a task is replaced; below the 120 that Fargate allows.
    environment: further SLIPWAY_ settings (docs/gateway.md).
    fleet_key_arn: a secret that already holds the key, such as the replica of another region's; null makes an empty one.
  EOT
  type = object({
    server_port   = optional(number, 8000)
    upstream_path = optional(string, "/mcp")
    path          = optional(string, "/mcp")
    drain_seconds = optional(number, 100)
    environment   = optional(map(string), {})
    fleet_key_arn = optional(string)
  })
  default = {}

  validation {
    condition = (
      var.gateway.server_port >= 1
      && var.gateway.server_port <= 65535
      && floor(var.gateway.server_port) == var.gateway.server_port
    )
    error_message = "gateway.server_port is a port, 1 to 65535."
  }
  validation {
    condition     = startswith(var.gateway.upstream_path, "/") && startswith(var.gateway.path, "/")
    error_message = "gateway.upstream_path and gateway.path are paths, such as /mcp."
  }
  validation {
    condition = (
      var.gateway.drain_seconds >= 1
      && var.gateway.drain_seconds <= 115
      && floor(var.gateway.drain_seconds) == var.gateway.drain_seconds
    )
    error_message = "gateway.drain_seconds is 1 to 115: Fargate ends a task 120 seconds after it was asked to stop."
  }
  validation {
    condition     = alltrue([for name in keys(var.gateway.environment) : startswith(name, "SLIPWAY_")])
    error_message = "gateway.environment has settings of the gateway only, which begin with SLIPWAY_; the server's are in container_environment."
  }
  validation {
    condition     = length(setintersection(keys(var.gateway.environment), ["SLIPWAY_FLEET_KEY", "SLIPWAY_UPSTREAM_AUTHORIZATION"])) == 0
    error_message = "gateway.environment has a secret, and would keep it in the state: the fleet's key belongs into the secret that fleet_key_secret_arn names."
  }
  validation {
    condition     = var.gateway.fleet_key_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:${var.aws_region}:[0-9]{12}:secret:", var.gateway.fleet_key_arn))
    error_message = "gateway.fleet_key_arn is the ARN of a secret in this region: replicate the other region's here."
  }
}

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

# ---- the schedule

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

# ---- the balancer

variable "load_balancer" {
  description = <<-EOT
    idle_timeout: seconds that a connection may be silent. A server without the gateway needs heartbeats below it.
    client_keep_alive: seconds that a client's connection may be used again.
    deregistration_delay: seconds that streams of a leaving task may go on.
    session_affinity: whether a cookie binds a client to a task. For stateful servers without the gateway.
    ssl_policy: what TLS the domain speaks.
    deletion_protection: whether AWS refuses to delete the balancer, and with it a destroy.
    access_logs_bucket: a bucket for access logs that allows the balancers of this region to write; null for none.
  EOT
  type = object({
    idle_timeout         = optional(number, 300)
    client_keep_alive    = optional(number, 3600)
    deregistration_delay = optional(number, 120)
    session_affinity     = optional(bool, false)
    ssl_policy           = optional(string, "ELBSecurityPolicy-TLS13-1-2-2021-06")
    deletion_protection  = optional(bool, false)
    access_logs_bucket   = optional(string)
  })
  default = {}

  validation {
    condition     = var.load_balancer.idle_timeout >= 1 && var.load_balancer.idle_timeout <= 4000
    error_message = "load_balancer.idle_timeout is 1 to 4000 seconds."
  }
  validation {
    condition     = var.load_balancer.client_keep_alive >= 60 && var.load_balancer.client_keep_alive <= 604800
    error_message = "load_balancer.client_keep_alive is 60 to 604800 seconds."
  }
  validation {
    condition     = var.load_balancer.deregistration_delay >= 0 && var.load_balancer.deregistration_delay <= 3600
    error_message = "load_balancer.deregistration_delay is 0 to 3600 seconds."
  }
  validation {
    condition     = startswith(var.load_balancer.ssl_policy, "ELBSecurityPolicy-TLS13-1-")
    error_message = "load_balancer.ssl_policy is one of ELBSecurityPolicy-TLS13-1-..., which all speak TLS 1.3."
  }
  validation {
    condition     = !(var.load_balancer.deletion_protection && var.destroy_albs_when_scaled_down)
    error_message = "load_balancer.deletion_protection forbids what destroy_albs_when_scaled_down does: choose one."
  }
}

variable "allowed_cidrs" {
  description = "Who may connect. The world, unless you say otherwise; IPv6 blocks count only with enable_ipv6."
  type        = list(string)
  default     = ["0.0.0.0/0", "::/0"]

  validation {
    condition = (
      length(var.allowed_cidrs) > 0
      && length(var.allowed_cidrs) <= 25
      && alltrue([for cidr in var.allowed_cidrs : can(cidrhost(cidr, 0))])
    )
    error_message = "allowed_cidrs are 1 to 25 blocks of addresses, such as 203.0.113.0/24."
  }
}

variable "waf" {
  description = <<-EOT
    enabled: whether a firewall stands in front of the balancer.
    requests_per_five_minutes: how many requests one address may make.
  EOT
  type = object({
    enabled                   = optional(bool, false)
    requests_per_five_minutes = optional(number, 2000)
  })
  default = {}

  validation {
    condition     = var.waf.requests_per_five_minutes >= 10 && var.waf.requests_per_five_minutes <= 2000000000
    error_message = "waf.requests_per_five_minutes is 10 or more."
  }
  validation {
    condition     = !var.waf.enabled || var.create_alb
    error_message = "waf.enabled needs a balancer to stand in front of: set create_alb too."
  }
}

# ---- the domain

variable "hosted_zone_id" {
  description = "The id of the domain's Route 53 zone; null looks it up by name, which a plan offline can't."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id == null || can(regex("^Z[A-Z0-9]{1,31}$", var.hosted_zone_id))
    error_message = "hosted_zone_id is a zone's id, such as Z0123456789ABCDEFGHIJ."
  }
}

variable "certificate" {
  description = <<-EOT
    arn: a certificate of this region that you already have; null makes one.
    owns_validation_record: whether this region owns the DNS record that proves the domain. Exactly one region of a domain does.
  EOT
  type = object({
    arn                    = optional(string)
    owns_validation_record = optional(bool, true)
  })
  default = {}

  validation {
    condition     = var.certificate.arn == null || can(regex("^arn:[a-z-]+:acm:${var.aws_region}:[0-9]{12}:certificate/", var.certificate.arn))
    error_message = "certificate.arn is the ARN of a certificate in this region: a balancer takes no other region's."
  }
}

# ---- secrets and keys

variable "secret" {
  description = <<-EOT
    keys: the keys of the JSON object in the secret; each becomes a variable of the server, or with SLIPWAY_ of the gateway. None makes no secret.
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
