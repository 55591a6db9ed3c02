# Private names: every task's address under one name, which is how gateways find each other.

locals {
  discovery_name      = var.project_name
  discovery_namespace = local.names.namespace
  discovery_host      = "${local.discovery_name}.${local.discovery_namespace}"
}

resource "aws_service_discovery_private_dns_namespace" "main" {
  count = var.enable_service_discovery ? 1 : 0

  name        = local.discovery_namespace
  description = "Names of ${local.stem} inside its VPC"
  vpc         = aws_vpc.main.id
}

resource "aws_service_discovery_service" "main" {
  count = var.enable_service_discovery ? 1 : 0

  name        = local.discovery_name
  description = "The tasks of ${local.stem}"

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.main[0].id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = var.service_discovery_ttl
    }
  }

  # ECS tells Cloud Map which task is healthy.
  health_check_custom_config {
    failure_threshold = var.service_discovery_failure_threshold
  }

  # Tasks that are still leaving would keep the name from being removed.
  force_destroy = true
}
