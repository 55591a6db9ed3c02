# One region of the fleet. A region is one state: no region waits for another, and none can break another.
# Every file holds one concern and keeps the name it had in the original configuration.

terraform {
  # 1.11 brought the lock file beside an S3 state (`use_lockfile`).
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

provider "aws" {
  region      = var.aws_region
  max_retries = var.provider_settings.max_retries

  # Together these three let a plan run without an account: terraform plan -var 'provider_settings={offline=true}'
  skip_credentials_validation = var.provider_settings.offline
  skip_metadata_api_check     = var.provider_settings.offline ? "true" : null
  skip_requesting_account_id  = var.provider_settings.offline

  # Null is AWS itself. AWS_ENDPOINT_URL in the environment does the same for every service at once.
  endpoints {
    acm              = var.provider_settings.endpoint_url
    appautoscaling   = var.provider_settings.endpoint_url
    cloudformation   = var.provider_settings.endpoint_url
    cloudwatch       = var.provider_settings.endpoint_url
    ec2              = var.provider_settings.endpoint_url
    ecs              = var.provider_settings.endpoint_url
    elbv2            = var.provider_settings.endpoint_url
    events           = var.provider_settings.endpoint_url
    iam              = var.provider_settings.endpoint_url
    kms              = var.provider_settings.endpoint_url
    logs             = var.provider_settings.endpoint_url
    route53          = var.provider_settings.endpoint_url
    scheduler        = var.provider_settings.endpoint_url
    secretsmanager   = var.provider_settings.endpoint_url
    servicediscovery = var.provider_settings.endpoint_url
    sfn              = var.provider_settings.endpoint_url
    sns              = var.provider_settings.endpoint_url
    sqs              = var.provider_settings.endpoint_url
    sts              = var.provider_settings.endpoint_url
    wafv2            = var.provider_settings.endpoint_url
  }

  default_tags {
    tags = merge({
      Project     = var.project_name
      Environment = var.environment
      Region      = var.aws_region
      ManagedBy   = "terraform"
    }, var.tags)
  }
}

# Known from the region's name alone, so it costs no call and a plan stays possible offline.
data "aws_partition" "current" {}

locals {
  # The region is in every name: names of roles are global to an account, and a second region would collide.
  stem = "${var.project_name}-${var.environment}-${var.aws_region}"

  # What a name ends in, and how long AWS lets it be.
  name_rules = {
    alb            = { suffix = "-alb", limit = 32 }
    target_group   = { suffix = "-tg-${local.target_group_mark}", limit = 32 }
    cluster        = { suffix = "-cluster", limit = 255 }
    service        = { suffix = "-service", limit = 255 }
    task           = { suffix = "-task", limit = 255 }
    execution_role = { suffix = "-ecs-execution-role", limit = 64 }
    task_role      = { suffix = "-ecs-task-role", limit = 64 }
    machine_role   = { suffix = "-edge-machine-role", limit = 64 }
    stack_role     = { suffix = "-edge-stack-role", limit = 64 }
    scheduler_role = { suffix = "-scheduler-role", limit = 64 }
    schedule_group = { suffix = "-schedule", limit = 64 }
    machine        = { suffix = "-edge", limit = 80 }
    stack          = { suffix = "-edge", limit = 128 }
    queue          = { suffix = "-missed-schedules", limit = 80 }
    topic          = { suffix = "-alarms", limit = 256 }
    web_acl        = { suffix = "-waf", limit = 128 }
    namespace      = { suffix = "-services", limit = 63 } # one label of a DNS name
    alarm          = { suffix = "", limit = 200 }
    # AWS adds a hyphen and six characters of its own to the name of a secret; Terraform adds 26.
    api_key   = { suffix = "-api-key-", limit = 400 }
    fleet_key = { suffix = "-fleet-key-", limit = 400 }
  }

  # A stem that does not fit is cut, and six characters of its hash keep it unlike every other one.
  names = {
    for what, rule in local.name_rules : what => (
      length(local.stem) + length(rule.suffix) <= rule.limit
      ? "${local.stem}${rule.suffix}"
      : join("", [
        trimsuffix(substr(local.stem, 0, rule.limit - length(rule.suffix) - 7), "-"),
        "-", substr(sha256(local.stem), 0, 6), rule.suffix,
      ])
    )
  }

  partition = data.aws_partition.current.partition
  # The owner of the VPC is the account: asking STS would make a plan need credentials.
  account_id = aws_vpc.main.owner_id
}
