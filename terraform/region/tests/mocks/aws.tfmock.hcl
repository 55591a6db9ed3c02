# What AWS would answer, as far as the configuration reads it: ARNs have the shape that the provider's own checks want.

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_route53_zone" {
  defaults = { zone_id = "ZLOOKEDUP" }
}

mock_resource "aws_vpc" {
  defaults = { id = "vpc-0123456789abcdef0", owner_id = "123456789012", ipv6_cidr_block = "2001:db8:1234:1a00::/56" }
}

mock_resource "aws_lb" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/my-mcp-dev-eu-west-1-alb/0123456789abcdef"
    arn_suffix = "app/my-mcp-dev-eu-west-1-alb/0123456789abcdef"
    dns_name   = "my-mcp-dev-eu-west-1-alb-1.eu-west-1.elb.amazonaws.com"
    zone_id    = "Z32O12XQLNTSW2"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/my-mcp-dev-eu-west-1-tg-0000/0123456789abcdef"
    arn_suffix = "targetgroup/my-mcp-dev-eu-west-1-tg-0000/0123456789abcdef"
  }
}

mock_resource "aws_lb_listener" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/my-mcp-dev-eu-west-1-alb/0123456789abcdef/0123456789abcdef" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/a-role" }
}

mock_resource "aws_ecs_cluster" {
  defaults = {
    arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/my-mcp-dev-eu-west-1-cluster"
    id  = "arn:aws:ecs:eu-west-1:123456789012:cluster/my-mcp-dev-eu-west-1-cluster"
  }
}

mock_resource "aws_ecs_service" {
  defaults = { id = "arn:aws:ecs:eu-west-1:123456789012:service/my-mcp-dev-eu-west-1-cluster/my-mcp-dev-eu-west-1-service" }
}

mock_resource "aws_ecs_task_definition" {
  defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/my-mcp-dev-eu-west-1-task:1" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/my-mcp-dev-eu-west-1" }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:made-here" }
}

mock_resource "aws_service_discovery_service" {
  defaults = { arn = "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-0123456789abcdef" }
}

mock_resource "aws_acm_certificate" {
  defaults = {
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
    domain_validation_options = [{
      domain_name           = "mcp.example.com"
      resource_record_name  = "_proof.mcp.example.com."
      resource_record_type  = "CNAME"
      resource_record_value = "_value.acm-validations.aws."
    }]
  }
}

mock_resource "aws_acm_certificate_validation" {
  defaults = { certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:my-mcp-dev-eu-west-1-alarms" }
}

mock_resource "aws_sqs_queue" {
  defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:my-mcp-dev-eu-west-1-missed-schedules" }
}

mock_resource "aws_sfn_state_machine" {
  defaults = { arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:my-mcp-dev-eu-west-1-edge" }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = { arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/my-mcp-dev-eu-west-1-waf/01234567-89ab-cdef-0123-456789abcdef" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-0123456789abcdef0" }
}

mock_resource "aws_internet_gateway" {
  defaults = { id = "igw-0123456789abcdef0" }
}

mock_resource "aws_subnet" {
  defaults = { id = "subnet-0123456789abcdef0" }
}

mock_resource "aws_nat_gateway" {
  defaults = { id = "nat-0123456789abcdef0" }
}

mock_resource "aws_route_table" {
  defaults = { id = "rtb-0123456789abcdef0" }
}

mock_resource "aws_service_discovery_private_dns_namespace" {
  defaults = { id = "ns-0123456789abcdef0" }
}
