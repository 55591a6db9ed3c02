# The edge: balancer, listeners and public name, when destroy_albs_when_scaled_down takes them away between the hours.
#
# They are the resources of one CloudFormation stack, and its one parameter, Phase, says which of them stand:
#
#   closed   nothing
#   edge     balancer and listeners, so that tasks can start and be checked; nobody is sent there yet
#   open     the public name as well
#
# Terraform owns the stack and what is in it; the schedule's machine owns the phase. So no plan ever sees a difference,
# an apply changes the balancer's settings without waking it, and a destroy removes whatever happens to stand. A
# balancer that the machine made by itself would be nobody's when the region is destroyed on a Saturday
# (docs/decisions has the whole argument).

locals {
  edge_resources = merge(
    {
      LoadBalancer = {
        Type      = "AWS::ElasticLoadBalancingV2::LoadBalancer"
        Condition = "Stands"
        Properties = {
          Name           = local.alb.name
          Type           = "application"
          Scheme         = "internet-facing"
          IpAddressType  = local.alb.ip_address_type
          SecurityGroups = [aws_security_group.alb.id]
          Subnets        = aws_subnet.public[*].id
          LoadBalancerAttributes = concat(
            [
              { Key = "idle_timeout.timeout_seconds", Value = tostring(local.alb.idle_timeout) },
              { Key = "client_keep_alive.seconds", Value = tostring(local.alb.client_keep_alive) },
              { Key = "routing.http.drop_invalid_header_fields.enabled", Value = tostring(local.alb.drop_invalid_header_fields) },
              { Key = "routing.http.desync_mitigation_mode", Value = local.alb.desync_mitigation_mode },
            ],
            local.alb.access_logs_bucket == null ? [] : [
              { Key = "access_logs.s3.enabled", Value = "true" },
              { Key = "access_logs.s3.bucket", Value = local.alb.access_logs_bucket },
              { Key = "access_logs.s3.prefix", Value = local.alb.access_logs_prefix },
            ],
          )
        }
      }
      HttpListener = {
        Type      = "AWS::ElasticLoadBalancingV2::Listener"
        Condition = "Stands"
        Properties = {
          LoadBalancerArn = { Ref = "LoadBalancer" }
          Port            = var.alb_port
          Protocol        = "HTTP"
          DefaultActions = [{
            Type           = "redirect"
            RedirectConfig = { Protocol = "HTTPS", Port = "443", StatusCode = "HTTP_301" }
          }]
        }
      }
      HttpsListener = {
        Type      = "AWS::ElasticLoadBalancingV2::Listener"
        Condition = "Stands"
        Properties = {
          LoadBalancerArn = { Ref = "LoadBalancer" }
          Port            = 443
          Protocol        = "HTTPS"
          SslPolicy       = local.alb.ssl_policy
          Certificates    = [{ CertificateArn = local.certificate_arn }]
          DefaultActions  = [{ Type = "forward", TargetGroupArn = aws_lb_target_group.main.arn }]
        }
      }
    },
    {
      for type in local.record_types : "Record${type}" => {
        Type      = "AWS::Route53::RecordSet"
        Condition = "IsOpen"
        Properties = {
          HostedZoneId  = local.hosted_zone_id
          Name          = local.fqdn
          Type          = type
          SetIdentifier = var.aws_region
          Region        = var.aws_region
          AliasTarget = {
            DNSName              = { "Fn::GetAtt" = ["LoadBalancer", "DNSName"] }
            HostedZoneId         = { "Fn::GetAtt" = ["LoadBalancer", "CanonicalHostedZoneID"] }
            EvaluateTargetHealth = true
          }
        }
      }
    },
    local.has_waf ? {
      Firewall = {
        Type      = "AWS::WAFv2::WebACLAssociation"
        Condition = "Stands"
        Properties = {
          ResourceArn = { Ref = "LoadBalancer" }
          WebACLArn   = local.web_acl_arn
        }
      }
    } : {},
    {
      for name, alarm in local.balancer_alarms : "Alarm${title(name)}" => {
        Type      = "AWS::CloudWatch::Alarm"
        Condition = "Stands"
        Properties = {
          AlarmName          = "${local.names.alarm}-${name}"
          AlarmDescription   = alarm.description
          Namespace          = "AWS/ApplicationELB"
          MetricName         = alarm.metric
          Statistic          = alarm.statistic
          Period             = 60
          EvaluationPeriods  = alarm.minutes
          Threshold          = alarm.threshold
          ComparisonOperator = "GreaterThanOrEqualToThreshold"
          TreatMissingData   = "notBreaching"
          AlarmActions       = [local.alarm_topic_arn]
          OKActions          = [local.alarm_topic_arn]
          Dimensions = concat(
            [{ Name = "LoadBalancer", Value = { "Fn::GetAtt" = ["LoadBalancer", "LoadBalancerFullName"] } }],
            alarm.by_target ? [{ Name = "TargetGroup", Value = aws_lb_target_group.main.arn_suffix }] : [],
          )
        }
      }
    },
  )

  # CloudFormation takes no new template that changes nothing which stands (cloudformation-coverage-roadmap#2027), and
  # at night nothing does. This resource is only a name that follows the others' settings, so that each change of them
  # is one to make, at any hour. It is free, and keeps the stack from ever being empty.
  edge_mark = "Settings${substr(sha256(jsonencode(local.edge_resources)), 0, 8)}"

  edge_template = {
    Description = "The edge of ${local.stem}. Terraform owns the stack, the schedule its phase."

    Parameters = {
      Phase = { Type = "String", AllowedValues = ["closed", "edge", "open"] }
    }

    Conditions = {
      Stands = { "Fn::Not" = [{ "Fn::Equals" = [{ Ref = "Phase" }, "closed"] }] }
      IsOpen = { "Fn::Equals" = [{ Ref = "Phase" }, "open"] }
    }

    Resources = merge(local.edge_resources, {
      (local.edge_mark) = { Type = "AWS::CloudFormation::WaitConditionHandle" }
    })
  }
}

resource "aws_cloudformation_stack" "edge" {
  #checkov:skip=CKV_AWS_124:The machine waits for the stack and the alarm on the machine says when it does not come
  count = local.edge_is_scheduled ? 1 : 0

  name          = local.names.stack
  iam_role_arn  = aws_iam_role.stack[0].arn
  template_body = jsonencode(local.edge_template)

  # ECS makes no service on a target group without a balancer, and a balancer that Terraform hands over in the hours is
  # in use. So a stack begins open, whatever the hour: its next full one closes it if it is wrong, and standing too long
  # costs cents where standing too late is an outage.
  parameters = { Phase = "open" }

  lifecycle {
    ignore_changes = [parameters]
  }

  # The rest of the world it needs; and what Terraform would own instead, so that one has gone before the other comes
  # when the switch is thrown.
  depends_on = [
    aws_iam_role_policy.stack,
    aws_internet_gateway.main,
    aws_lb_listener.http,
    aws_lb_listener.https,
    aws_route53_record.main,
    aws_route_table_association.public,
    aws_vpc_security_group_egress_rule.alb_to_tasks,
    aws_vpc_security_group_ingress_rule.alb,
  ]
}

# What CloudFormation may do on the stack's behalf, by the names of the things in it.
resource "aws_iam_role" "stack" {
  count = local.edge_is_scheduled ? 1 : 0

  name               = local.names.stack_role
  description        = "Makes and removes the edge"
  assume_role_policy = local.assumed_by["cloudformation"]
}

locals {
  alb_arns = [
    for kind in ["loadbalancer", "listener"] :
    "arn:${local.partition}:elasticloadbalancing:${var.aws_region}:${local.account_id}:${kind}/app/${local.alb.name}/*"
  ]
}

resource "aws_iam_role_policy" "stack" {
  count = local.edge_is_scheduled ? 1 : 0

  name = "make-the-edge"
  role = aws_iam_role.stack[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid    = "MakeTheBalancer"
          Effect = "Allow"
          Action = [
            "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets", "elasticloadbalancing:SetWebAcl",
          ]
          Resource = local.alb_arns
        },
        {
          Sid    = "LookAtBalancers"
          Effect = "Allow"
          Action = [
            "ec2:DescribeAccountAttributes", "ec2:DescribeInternetGateways", "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets", "ec2:DescribeVpcs", "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeCapacityReservation", "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroups",
          ]
          Resource = "*" # reading only; AWS knows no narrower resource for any of them
        },
        {
          Sid      = "PointTheName"
          Effect   = "Allow"
          Action   = "route53:ChangeResourceRecordSets"
          Resource = "arn:${local.partition}:route53:::hostedzone/${local.hosted_zone_id}"
          Condition = {
            "ForAllValues:StringEquals" = {
              "route53:ChangeResourceRecordSetsNormalizedRecordNames" = [lower(local.fqdn)]
              "route53:ChangeResourceRecordSetsRecordTypes"           = local.record_types
            }
          }
        },
        {
          Sid      = "LookAtTheZone"
          Effect   = "Allow"
          Action   = ["route53:GetHostedZone", "route53:ListResourceRecordSets"]
          Resource = "arn:${local.partition}:route53:::hostedzone/${local.hosted_zone_id}"
        },
        {
          Sid      = "WaitForTheName"
          Effect   = "Allow"
          Action   = "route53:GetChange"
          Resource = "arn:${local.partition}:route53:::change/*"
        },
      ],
      local.has_waf ? [{
        Sid      = "PutUpTheFirewall"
        Effect   = "Allow"
        Action   = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"]
        Resource = concat([local.web_acl_arn], local.alb_arns)
      }] : [],
      length(local.balancer_alarms) > 0 ? [{
        Sid    = "SetTheAlarms"
        Effect = "Allow"
        Action = [
          "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource",
          "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource",
        ]
        Resource = "arn:${local.partition}:cloudwatch:${var.aws_region}:${local.account_id}:alarm:${local.names.alarm}-*"
      }] : [],
    )
  })
}
