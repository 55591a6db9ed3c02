# The gateway, which carries sessions across tasks. Without it the original stack results.

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
  validation {
    condition     = length(var.gateway.secrets) == 0 || var.gateway_image != null || var.gateway_in_image
    error_message = "gateway.secrets are for a gateway, and there is none: set gateway_image or gateway_in_image."
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
    secrets: settings that are secret, SLIPWAY_API_KEYS or SLIPWAY_UPSTREAM_AUTHORIZATION: keys of the JSON object in the secret.
    fleet_key_arn: a secret that already holds the key, such as the replica of another region's; null makes an empty one.
  EOT
  type = object({
    server_port   = optional(number, 8000)
    upstream_path = optional(string, "/mcp")
    path          = optional(string, "/mcp")
    drain_seconds = optional(number, 100)
    environment   = optional(map(string), {})
    secrets       = optional(list(string), [])
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
    condition     = length(setintersection(keys(var.gateway.environment), ["SLIPWAY_FLEET_KEY", "SLIPWAY_API_KEYS", "SLIPWAY_UPSTREAM_AUTHORIZATION"])) == 0
    error_message = "gateway.environment has a secret, and would keep it in the state: the fleet's key belongs into the secret that fleet_key_secret_arn names, the others into the server's, and their names into gateway.secrets."
  }
  validation {
    condition = (
      length(setsubtract(var.gateway.secrets, ["SLIPWAY_API_KEYS", "SLIPWAY_UPSTREAM_AUTHORIZATION"])) == 0
      && length(distinct(var.gateway.secrets)) == length(var.gateway.secrets)
    )
    error_message = "gateway.secrets are SLIPWAY_API_KEYS and SLIPWAY_UPSTREAM_AUTHORIZATION, each once; the fleet's key has a secret of its own."
  }
  validation {
    condition     = var.gateway.fleet_key_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:${var.aws_region}:[0-9]{12}:secret:", var.gateway.fleet_key_arn))
    error_message = "gateway.fleet_key_arn is the ARN of a secret in this region: replicate the other region's here."
  }
}
