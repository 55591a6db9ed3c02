# What a region is: its name, its network, what runs in it. The other variables*.tf are one topic each; the README has
# all in one table. The original's variables have their original names.

# ---- what it is called

variable "project_name" {
  description = "Begins the name of everything here, such as my-mcp."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.project_name))
    error_message = "project_name is 1 to 40 small letters, digits and hyphens, with a letter first and no hyphen last, such as my-mcp."
  }
  validation {
    condition     = !startswith("${var.project_name}-", "internal-")
    error_message = "project_name starts with internal-, which AWS keeps for itself: choose another word."
  }
}

variable "environment" {
  description = "Which copy of the project this is, such as dev or prod."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", var.environment))
    error_message = "environment is 1 to 20 small letters, digits and hyphens, with a letter first and no hyphen last, such as dev."
  }
}

variable "aws_region" {
  description = "The region."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region's code, such as eu-west-1."
  }
}

variable "cluster_name" {
  description = "The cluster's name; null composes it like the others."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_name == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "cluster_name is 1 to 255 letters, digits, hyphens and underscores."
  }
}

# ---- the network

variable "vpc_cidr" {
  description = "The VPC's addresses; null is the region's own 10.x.0.0/16, which no other region has."
  type        = string
  default     = null

  validation {
    condition     = var.vpc_cidr == null || try(cidrsubnet(var.vpc_cidr, 0, 0) == var.vpc_cidr, false)
    error_message = "vpc_cidr is a block named by its first address, such as 10.10.0.0/16."
  }
  validation {
    condition     = var.vpc_cidr == null || try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 24, false)
    error_message = "vpc_cidr is /16 to /24: AWS allows no larger one, and subnets of a smaller one are too small for a load balancer."
  }
  validation {
    condition     = var.vpc_cidr == null || can(regex("^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.)", var.vpc_cidr))
    error_message = "vpc_cidr is public address space: only 10.0.0.0/8, 172.16.0.0/12 (up to 172.31.255.255) and 192.168.0.0/16 are private."
  }
}

variable "availability_zones" {
  description = "The zones; null is the first three that every account has."
  type        = list(string)
  default     = null

  validation {
    condition = var.availability_zones == null ? true : alltrue([
      for zone in var.availability_zones : can(regex("^${var.aws_region}[a-z]$", zone))
    ])
    error_message = "availability_zones has a zone of another region: write the region and a letter, such as eu-west-1a."
  }
  validation {
    condition = var.availability_zones == null ? true : (
      length(distinct(var.availability_zones)) == length(var.availability_zones)
      && length(var.availability_zones) >= 2 && length(var.availability_zones) <= 6
    )
    error_message = "availability_zones has 2 to 6 zones, each once: a load balancer needs two."
  }
}

variable "subnet_cidrs" {
  description = "The public subnets, one for each zone; null takes sixteenths of the VPC."
  type        = list(string)
  default     = null

  validation {
    condition = var.subnet_cidrs == null ? true : alltrue([
      for cidr in var.subnet_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr && tonumber(split("/", cidr)[1]) <= 27, false)
    ])
    error_message = "subnet_cidrs are blocks named by their first address, of /27 or larger as load balancers need, such as 10.10.0.0/20."
  }
  validation {
    condition     = var.subnet_cidrs == null ? true : length(distinct(var.subnet_cidrs)) == length(var.subnet_cidrs)
    error_message = "subnet_cidrs has a block twice: subnets may not overlap."
  }
}

# ---- what runs

variable "container_image" {
  description = "The server's image. A digest (@sha256:...) makes every task the same."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._:/@-]*$", var.container_image))
    error_message = "container_image is an image's name, such as ghcr.io/my-org/my-mcp:1.0."
  }
}

variable "container_port" {
  description = "The port that the balancer reaches a task on: the gateway's, or without one the server's."
  type        = number
  default     = 8001

  validation {
    condition = (
      var.container_port >= 1
      && var.container_port <= 65535
      && floor(var.container_port) == var.container_port
    )
    error_message = "container_port is a port, 1 to 65535."
  }
}

variable "cpu" {
  description = "CPU units of a task; 1024 is one vCPU."
  type        = number
  default     = 1024

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu is a size that Fargate has: 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB. Fargate has few for each cpu."
  type        = number
  default     = 3072

  validation {
    condition     = var.memory >= 512 && var.memory <= 122880 && floor(var.memory) == var.memory
    error_message = "memory is 512 to 122880 MiB."
  }
}

variable "desired_count" {
  description = "How many tasks run, at least. Another number takes effect at once; with a schedule within its hours, at the next full one."
  type        = number
  default     = 2

  validation {
    condition     = var.desired_count >= 0 && var.desired_count <= 1000 && floor(var.desired_count) == var.desired_count
    error_message = "desired_count is a whole number, 0 to 1000."
  }
}

variable "container_environment" {
  description = "Plain variables of the server. Never a secret: they are readable in the task definition and in the state."
  type        = map(string)
  default = {
    PORT      = "8001"
    STATELESS = "true"
    TRANSPORT = "streamable-http"
  }

  validation {
    condition     = alltrue([for name in keys(var.container_environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "container_environment has a name that is none for a variable: use letters, digits and _, and do not start with a digit."
  }
  validation {
    condition = !anytrue([
      for name in keys(var.container_environment) : can(regex("(?i)(^|_)(API_?KEY|SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|CREDENTIALS?)$", name))
    ])
    error_message = "container_environment has what looks like a secret, and would keep it in the state: put it into the secret and name it in secret.keys."
  }
  validation {
    condition = (
      var.gateway_image != null || var.gateway_in_image
      || lookup(var.container_environment, "PORT", tostring(var.container_port)) == tostring(var.container_port)
    )
    error_message = "container_environment has a PORT that is not container_port, on which the balancer looks for the server: write the same in both."
  }
  validation {
    condition     = !anytrue([for name in keys(var.container_environment) : startswith(name, "SLIPWAY_")])
    error_message = "container_environment has a setting of the gateway: write it in gateway.environment."
  }
}

# ---- private names

variable "enable_service_discovery" {
  description = "Whether tasks have private names (Cloud Map). Gateways find each other by them."
  type        = bool
  default     = true

  validation {
    condition     = var.enable_service_discovery || (var.gateway_image == null && !var.gateway_in_image)
    error_message = "enable_service_discovery is off, and the gateways would not find each other: turn it on."
  }
}

variable "service_discovery_ttl" {
  description = "Seconds that a private name may be remembered."
  type        = number
  default     = 60

  validation {
    condition = (
      var.service_discovery_ttl >= 1
      && var.service_discovery_ttl <= 3600
      && floor(var.service_discovery_ttl) == var.service_discovery_ttl
    )
    error_message = "service_discovery_ttl is 1 to 3600 seconds."
  }
}

variable "service_discovery_failure_threshold" {
  description = "Cloud Map takes 1 and nothing else since 2023; the variable is the original's."
  type        = number
  default     = 1

  validation {
    condition     = var.service_discovery_failure_threshold == 1
    error_message = "service_discovery_failure_threshold is 1, the only one AWS takes."
  }
}
