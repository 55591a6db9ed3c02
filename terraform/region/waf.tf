# A firewall in front of the balancer, for those who want one: AWS's rules against known attacks, and a limit for each
# address. It costs 5 a month and 1 a rule, and 0.60 for a million requests.

locals {
  has_waf     = var.waf.enabled && var.create_alb
  web_acl_arn = one(aws_wafv2_web_acl.main[*].arn)
}

resource "aws_wafv2_web_acl" "main" {
  #checkov:skip=CKV2_AWS_31:Metrics and samples are on; full logs of every request cost more than the firewall
  count = local.has_waf ? 1 : 0

  name        = local.names.web_acl
  description = "In front of ${local.alb.name}"
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "AWSManagedRulesCommonRuleSet"
    priority = 10

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"

        # What people hand to tools is code, markup and addresses, and more than 8 KiB of it, all of which these rules
        # take for an attack. They count it and let it pass; the gateway has a limit of its own for size.
        dynamic "rule_action_override" {
          for_each = ["CrossSiteScripting", "EC2MetaDataSSRF", "GenericLFI", "GenericRFI", "SizeRestrictions"]
          content {
            name = "${rule_action_override.value}_BODY"
            action_to_use {
              count {}
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
      metric_name                = "AWSManagedRulesCommonRuleSet"
    }
  }

  rule {
    name     = "AWSManagedRulesKnownBadInputsRuleSet"
    priority = 20

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
      metric_name                = "AWSManagedRulesKnownBadInputsRuleSet"
    }
  }

  rule {
    name     = "limit-for-each-address"
    priority = 30

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = var.waf.requests_per_five_minutes
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
      metric_name                = "limit-for-each-address"
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
    metric_name                = local.names.web_acl
  }
}

resource "aws_wafv2_web_acl_association" "main" {
  count = local.has_waf && local.edge_is_terraform ? 1 : 0

  resource_arn = aws_lb.main[0].arn
  web_acl_arn  = local.web_acl_arn
}
