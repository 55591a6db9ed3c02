# Every switch does what its name says, and nothing else.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_resource {
  target          = aws_secretsmanager_secret.fleet_key
  values          = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:fleet-key" }
  override_during = plan
}

variables {
  project_name    = "my-mcp"
  container_image = "ghcr.io/my-org/my-mcp:1.0"
}

run "without_balancer_and_private_names" {
  command = plan
  variables {
    create_alb               = false
    enable_service_discovery = false
  }

  assert {
    condition     = length(aws_lb.main) == 0 && length(aws_lb_listener.http) == 0 && length(aws_ecs_service.main.load_balancer) == 0
    error_message = "no balancer, and a service that does without"
  }
  assert {
    condition     = aws_lb_target_group.main.port == 8001
    error_message = "the target group stays, so that the balancer can come back"
  }
  assert {
    condition     = length(aws_service_discovery_service.main) == 0 && length(aws_ecs_service.main.service_registries) == 0 && output.service_discovery_dns_name == null
    error_message = "no private names"
  }
  assert {
    condition     = output.application_url == null && output.load_balancer_dns_name == null
    error_message = "nowhere to connect to"
  }
}

run "with_a_domain_over_ipv6" {
  command = plan
  variables {
    enable_domain = true
    domain_name   = "example.com"
    enable_ipv6   = true
  }

  assert {
    condition     = aws_lb_listener.https[0].port == 443 && startswith(aws_lb_listener.https[0].ssl_policy, "ELBSecurityPolicy-TLS13-1-2")
    error_message = "HTTPS with TLS 1.3"
  }
  assert {
    condition     = aws_lb_listener.http[0].default_action[0].type == "redirect" && aws_lb_listener.http[0].default_action[0].redirect[0].port == "443"
    error_message = "port 80 only redirects"
  }
  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.alb) == ["443 from 0.0.0.0/0", "443 from ::/0", "80 from 0.0.0.0/0", "80 from ::/0"]
    error_message = "both ports, for both families"
  }
  assert {
    condition     = aws_lb.main[0].ip_address_type == "dualstack" && aws_vpc.main.assign_generated_ipv6_cidr_block && length(aws_route_table.public.route) == 2
    error_message = "a balancer that really has IPv6, and a way for it"
  }
  assert {
    condition     = keys(aws_route53_record.main) == ["A", "AAAA"] && aws_route53_record.main["A"].name == "mcp.example.com" && aws_route53_record.main["A"].set_identifier == "eu-west-1"
    error_message = "a record of this region for each family"
  }
  assert {
    condition     = aws_route53_record.main["A"].alias[0].evaluate_target_health && aws_route53_record.main["A"].zone_id == "ZLOOKEDUP"
    error_message = "a sick region is passed over; the zone was looked up by name"
  }
  assert {
    condition     = length(aws_route53_record.certificate_validation) == 1 && output.application_url == "https://mcp.example.com"
    error_message = "a certificate that proves itself"
  }
}

run "in_a_second_region_of_a_domain" {
  command = plan
  variables {
    aws_region     = "eu-west-2"
    enable_domain  = true
    domain_name    = "example.com"
    subdomain      = ""
    hosted_zone_id = "ZGIVEN"
    certificate    = { owns_validation_record = false }
  }

  assert {
    condition     = length(aws_route53_record.certificate_validation) == 0 && length(aws_acm_certificate_validation.main) == 1
    error_message = "the proof is the first region's; this one waits for it"
  }
  assert {
    condition     = length(data.aws_route53_zone.main) == 0 && aws_route53_record.main["A"].zone_id == "ZGIVEN" && aws_route53_record.main["A"].name == "example.com"
    error_message = "a zone given by id is not looked up"
  }
}

run "with_a_gateway_in_front_of_an_http_server" {
  command = plan
  variables {
    gateway_image = "ghcr.io/my-org/slipway-gateway:1.0"
    gateway = {
      environment = { SLIPWAY_IDLE = "600" }
      secrets     = ["SLIPWAY_UPSTREAM_AUTHORIZATION"]
    }
  }

  assert {
    condition     = [for one in jsondecode(aws_ecs_task_definition.main.container_definitions) : one.name] == ["server", "gateway"]
    error_message = "two containers"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.main.container_definitions)[0].environment : one.name => one.value } == { HOST = "127.0.0.1", PORT = "8000", STATELESS = "true", TRANSPORT = "streamable-http" }
    error_message = "the server listens where only the gateway reaches it"
  }
  assert {
    condition     = length(jsondecode(aws_ecs_task_definition.main.container_definitions)[0].portMappings) == 0
    error_message = "and no port of it is open"
  }
  assert {
    condition = { for one in jsondecode(aws_ecs_task_definition.main.container_definitions)[1].environment : one.name => one.value } == {
      SLIPWAY_HOST            = "0.0.0.0"
      SLIPWAY_PORT            = "8001"
      SLIPWAY_PEERS_DNS       = "my-mcp.my-mcp-dev-eu-west-1-services:8001"
      SLIPWAY_PATH            = "/mcp"
      SLIPWAY_UPSTREAM        = "http://127.0.0.1:8000/mcp"
      SLIPWAY_DRAIN           = "100"
      SLIPWAY_IDLE            = "600"
      SLIPWAY_TRUST_FORWARDED = "1"
    }
    error_message = "the gateway knows its port, its peers, its server and that a balancer is in front of it"
  }
  assert {
    condition = jsondecode(aws_ecs_task_definition.main.container_definitions)[1].secrets == [
      { name = "SLIPWAY_FLEET_KEY", valueFrom = output.fleet_key_secret_arn },
      { name = "SLIPWAY_UPSTREAM_AUTHORIZATION", valueFrom = "${output.secret_arn}:SLIPWAY_UPSTREAM_AUTHORIZATION::" },
    ]
    error_message = "the fleet's key is a secret of the gateway, and so is what it shows the server"
  }
  assert {
    condition     = [for one in jsondecode(aws_ecs_task_definition.main.container_definitions)[0].secrets : one.name] == ["API_KEY"]
    error_message = "the server sees neither"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.main.container_definitions)[1].dependsOn == [{ condition = "START", containerName = "server" }] && jsondecode(aws_ecs_task_definition.main.container_definitions)[1].readonlyRootFilesystem
    error_message = "the gateway is the last to start and the first to stop"
  }
  assert {
    condition     = one(aws_ecs_service.main.load_balancer).container_name == "gateway" && length(aws_vpc_security_group_ingress_rule.tasks_from_peers) == 1 && length(aws_vpc_security_group_egress_rule.tasks_to_peers) == 1
    error_message = "the balancer reaches the gateway, and the gateways each other"
  }
  assert {
    condition     = contains([for statement in jsondecode(aws_iam_role_policy.ecs_execution.policy).Statement : length(flatten([statement.Resource])) if statement.Sid == "ReadTheseSecrets"], 2)
    error_message = "the execution role reads two secrets"
  }
}

run "with_a_gateway_that_the_image_starts" {
  command = plan
  variables {
    gateway_in_image  = true
    container_command = ["slipway-gateway", "--", "python3", "-m", "my_server"]
    gateway           = { fleet_key_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared" }
    secret            = { keys = [], existing_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:replica" }
  }

  assert {
    condition     = length(jsondecode(aws_ecs_task_definition.main.container_definitions)) == 1 && jsondecode(aws_ecs_task_definition.main.container_definitions)[0].command[0] == "slipway-gateway"
    error_message = "one container, whose command is the gateway"
  }
  assert {
    condition     = contains([for one in jsondecode(aws_ecs_task_definition.main.container_definitions)[0].environment : one.name], "SLIPWAY_PEERS_DNS") && !contains([for one in jsondecode(aws_ecs_task_definition.main.container_definitions)[0].environment : one.name], "SLIPWAY_UPSTREAM")
    error_message = "it knows its peers and starts its server itself"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.main.container_definitions)[0].secrets == [{ name = "SLIPWAY_FLEET_KEY", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared" }]
    error_message = "the key is another region's replica, and the server needs none of its own"
  }
  assert {
    condition     = length(aws_secretsmanager_secret.api_key) == 0 && length(aws_secretsmanager_secret.fleet_key) == 0
    error_message = "secrets that exist are not made again"
  }
}

run "without_secrets_of_the_server" {
  command = plan
  variables {
    gateway_image = "ghcr.io/my-org/slipway-gateway:1.0"
    secret        = { keys = [] }
  }

  assert {
    condition     = length(aws_secretsmanager_secret.api_key) == 0 && output.secret_arn == null && length(aws_secretsmanager_secret.fleet_key) == 1
    error_message = "no key, no secret, and nothing to pay for"
  }
}

run "everything_that_can_be_had_without_a_schedule" {
  command = plan
  variables {
    container_image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-mcp:1.0"
    task = {
      architecture    = "ARM64"
      spot_percent    = 75
      on_demand_base  = 1
      execute_command = true
      policy_arns     = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    }
    autoscaling     = { max_count = 6 }
    private_subnets = { enabled = true, egress = "endpoints" }
    encryption      = { enabled = true }
    waf             = { enabled = true }
    load_balancer   = { access_logs_bucket = "my-logs", session_affinity = true, deletion_protection = true }
    monitoring      = { alarms = true, email = "ops@example.com", dashboard = true, container_insights = true }
    secret          = { replica_regions = ["eu-west-2"], recovery_window_in_days = 0 }
  }

  assert {
    condition     = aws_ecs_task_definition.main.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "ARM64"
  }
  assert {
    condition = { for one in aws_ecs_service.main.capacity_provider_strategy : one.capacity_provider => [one.base, one.weight] } == {
      FARGATE = [1, 25], FARGATE_SPOT = [0, 75]
    }
    error_message = "one task on demand, then three of four on Spot"
  }
  assert {
    condition     = aws_appautoscaling_target.service.min_capacity == 2 && aws_appautoscaling_target.service.max_capacity == 6 && length(aws_appautoscaling_policy.cpu) == 1
    error_message = "autoscaling between 2 and 6"
  }
  assert {
    condition     = length(aws_subnet.private) == 3 && !aws_ecs_service.main.network_configuration[0].assign_public_ip && length(aws_nat_gateway.main) == 0
    error_message = "tasks without public addresses"
  }
  assert {
    condition     = keys(aws_vpc_endpoint.interface) == ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages"] && length(aws_vpc_endpoint.s3) == 1
    error_message = "an endpoint for everything a task starts with"
  }
  assert {
    condition     = alltrue([for key in [aws_secretsmanager_secret.api_key[0].kms_key_id, aws_cloudwatch_log_group.main.kms_key_id, aws_sns_topic.alarms[0].kms_master_key_id] : key == aws_kms_key.main[0].arn]) && aws_kms_key.main[0].enable_key_rotation
    error_message = "one key for all that can have one"
  }
  assert {
    condition     = contains([for statement in jsondecode(aws_iam_role_policy.ecs_execution.policy).Statement : statement.Resource if statement.Sid == "OpenTheSecrets"], aws_kms_key.main[0].arn)
    error_message = "and the execution role may use it"
  }
  assert {
    condition     = length(aws_wafv2_web_acl_association.main) == 1 && length(aws_wafv2_web_acl.main[0].rule) == 3
    error_message = "a firewall of three rules"
  }
  assert {
    condition     = aws_lb.main[0].access_logs[0].bucket == "my-logs" && aws_lb.main[0].enable_deletion_protection && aws_lb_target_group.main.stickiness[0].enabled
    error_message = "access logs, protection, cookies"
  }
  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.balancer) == ["balancer5xx", "target5xx", "unhealthy"] && keys(aws_cloudwatch_event_rule.news) == ["failed-deployments", "stopped-tasks"]
    error_message = "five kinds of news"
  }
  assert {
    condition     = length(aws_sns_topic_subscription.email) == 1 && length(aws_cloudwatch_dashboard.main) == 1
    error_message = "somebody is told, and there is a page to look at"
  }
  assert {
    condition     = aws_ecs_service.main.enable_execute_command && length(aws_iam_role_policy.ecs_task_exec) == 1 && length(aws_iam_role_policy_attachment.ecs_task) == 1
    error_message = "a shell, and the server's own permissions"
  }
  assert {
    condition     = one(aws_secretsmanager_secret.api_key[0].replica).region == "eu-west-2"
    error_message = "the secret is replicated"
  }
}

run "private_tasks_behind_a_nat_gateway" {
  command = plan
  variables {
    private_subnets = { enabled = true }
    vpc_cidr        = "10.9.9.0/24"
  }

  assert {
    condition     = aws_subnet.public[2].cidr_block == "10.9.9.64/27" && aws_subnet.private[*].cidr_block == ["10.9.9.128/27", "10.9.9.160/27", "10.9.9.192/27"]
    error_message = "the smallest VPC has room for both kinds"
  }

  assert {
    condition     = length(aws_nat_gateway.main) == 1 && length(aws_vpc_endpoint.interface) == 0 && length(aws_route_table.private[0].route) == 1
    error_message = "one NAT gateway, and no endpoints to pay for"
  }
}
