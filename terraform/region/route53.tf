# The public name. Every region answers to the same one, and Route 53 sends a client to the nearest that is healthy.

locals {
  hosted_zone_id = local.has_domain ? coalesce(var.hosted_zone_id, one(data.aws_route53_zone.main[*].zone_id)) : null
  fqdn           = var.subdomain == "" ? var.domain_name : "${var.subdomain}.${var.domain_name}"
  record_types   = var.enable_ipv6 ? ["A", "AAAA"] : ["A"]
}

# Looked up only when no id is given: the look-up is the one thing in a plan that needs AWS.
data "aws_route53_zone" "main" {
  count = local.has_domain && var.hosted_zone_id == null ? 1 : 0

  name         = var.domain_name
  private_zone = false
}

resource "aws_route53_record" "main" {
  for_each = toset(local.has_domain && local.edge_is_terraform ? local.record_types : [])

  zone_id        = local.hosted_zone_id
  name           = local.fqdn
  type           = each.value
  set_identifier = var.aws_region

  latency_routing_policy {
    region = var.aws_region
  }

  alias {
    name                   = aws_lb.main[0].dns_name
    zone_id                = aws_lb.main[0].zone_id
    evaluate_target_health = true
  }
}
