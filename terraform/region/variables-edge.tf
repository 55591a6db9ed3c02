# How clients reach a region: the balancer, the domain, the firewall.

# ---- the balancer

variable "create_alb" {
  description = "Whether there is a load balancer. The target group stays either way; tasks are replaced once, one after another."
  type        = bool
  default     = true
}

variable "alb_port" {
  description = "The port of plain HTTP. With a domain it only redirects to 443."
  type        = number
  default     = 80

  validation {
    condition     = var.alb_port >= 1 && var.alb_port <= 65535 && floor(var.alb_port) == var.alb_port
    error_message = "alb_port is a port, 1 to 65535."
  }
  validation {
    condition     = !(var.enable_domain && var.alb_port == 443)
    error_message = "alb_port is 443, where the domain's HTTPS listens: write another one, such as 80."
  }
}

variable "target_group_port" {
  description = "The target group's own port; null is container_port. ECS registers tasks by container_port in any case."
  type        = number
  default     = null

  validation {
    condition = var.target_group_port == null ? true : (
      var.target_group_port >= 1
      && var.target_group_port <= 65535
      && floor(var.target_group_port) == var.target_group_port
    )
    error_message = "target_group_port is a port, 1 to 65535."
  }
}

variable "health_check_path" {
  description = "What the balancer asks for to see whether a task is well. The gateway answers /health."
  type        = string
  default     = "/health"

  validation {
    condition     = can(regex("^/[!-~]*$", var.health_check_path)) && length(var.health_check_path) <= 1024
    error_message = "health_check_path is a path, such as /health: / first, no spaces, at most 1024 characters."
  }
  validation {
    condition     = var.health_check_path == "/health" || (var.gateway_image == null && !var.gateway_in_image)
    error_message = "health_check_path is not /health, the one path on which the gateway says how it is."
  }
}

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

variable "enable_domain" {
  description = "Whether the fleet answers to a name of yours, over HTTPS."
  type        = bool
  default     = false

  validation {
    condition     = !var.enable_domain || var.domain_name != ""
    error_message = "enable_domain is true, and no domain is named: write domain_name, the Route 53 zone you own."
  }
}

variable "domain_name" {
  description = "The Route 53 zone, such as example.com."
  type        = string
  default     = ""

  validation {
    condition     = var.domain_name == "" || can(regex("^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", var.domain_name))
    error_message = "domain_name is a zone, such as example.com."
  }
}

variable "subdomain" {
  description = "The name inside the zone: mcp makes mcp.example.com. Empty is the zone itself."
  type        = string
  default     = "mcp"

  validation {
    condition     = var.subdomain == "" || can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$", var.subdomain))
    error_message = "subdomain is the part before the domain only, such as mcp."
  }
}

variable "enable_ipv6" {
  description = "Whether the balancer also answers over IPv6."
  type        = bool
  default     = false
}

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
