# The plain region: what the original promised, and what it got wrong. A run is a plan and takes seconds, so each has
# many assertions.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_resource {
  target          = aws_security_group.alb
  values          = { id = "sg-alb" }
  override_during = plan
}

override_resource {
  target          = aws_security_group.ecs_tasks
  values          = { id = "sg-tasks" }
  override_during = plan
}

variables {
  project_name    = "my-mcp"
  container_image = "ghcr.io/my-org/my-mcp:1.0"
}

run "a_region_with_nothing_but_a_name_and_an_image" {
  command = plan

  assert {
    condition     = aws_vpc.main.cidr_block == "10.10.0.0/16" && length(aws_subnet.public) == 3
    error_message = "eu-west-1 is 10.10.0.0/16 with three subnets"
  }
  assert {
    condition     = aws_subnet.public[*].cidr_block == ["10.10.0.0/20", "10.10.16.0/20", "10.10.32.0/20"]
    error_message = "subnets are sixteenths of the VPC"
  }
  assert {
    condition     = aws_subnet.public[*].availability_zone == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "zones are the region's first three"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.tasks_from_alb.referenced_security_group_id == aws_security_group.alb.id
    error_message = "the tasks' one way in is the balancer's group"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.tasks_from_peers) == 0
    error_message = "without gateways tasks have nothing to say to each other"
  }
  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.alb) == ["80 from 0.0.0.0/0"]
    error_message = "443 is closed while nothing listens on it"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.alb_to_tasks.from_port == 8001 && aws_vpc_security_group_egress_rule.alb_to_tasks.to_port == 8001
    error_message = "the balancer reaches the tasks' port and nothing else"
  }
  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.tasks_out) == ["443"]
    error_message = "tasks reach the world by HTTPS only"
  }
  assert {
    condition     = aws_lb.main[0].idle_timeout == 300 && aws_lb.main[0].drop_invalid_header_fields && aws_lb.main[0].ip_address_type == "ipv4"
    error_message = "long silent streams, no invalid headers"
  }
  assert {
    condition     = aws_lb_target_group.main.load_balancing_algorithm_type == "least_outstanding_requests" && aws_lb_target_group.main.deregistration_delay == "120"
    error_message = "streams count as requests in flight, and may go on while a task leaves"
  }
  assert {
    condition     = aws_lb_target_group.main.port == 8001 && !aws_lb_target_group.main.stickiness[0].enabled
    error_message = "the target group has the tasks' port and no cookie"
  }
  assert {
    condition     = aws_lb_listener.http[0].default_action[0].type == "forward" && length(aws_lb_listener.https) == 0
    error_message = "without a certificate port 80 serves"
  }
  assert {
    condition     = aws_ecs_service.main.deployment_minimum_healthy_percent == 100 && aws_ecs_service.main.deployment_maximum_percent == 200
    error_message = "new tasks stand before old ones go"
  }
  assert {
    condition     = aws_ecs_service.main.deployment_circuit_breaker[0].enable && aws_ecs_service.main.deployment_circuit_breaker[0].rollback
    error_message = "a version that does not come up goes back"
  }
  assert {
    condition     = aws_ecs_service.main.availability_zone_rebalancing == "ENABLED" && aws_ecs_service.main.health_check_grace_period_seconds == 60
    error_message = "zones are balanced, and a new task has a minute of grace"
  }
  assert {
    condition     = one(aws_ecs_service.main.load_balancer).container_name == "server" && one(aws_ecs_service.main.load_balancer).container_port == 8001
    error_message = "without a gateway the balancer reaches the server"
  }
  assert {
    condition     = aws_ecs_service.main.desired_count == 2 && aws_appautoscaling_target.service.min_capacity == 2 && aws_appautoscaling_target.service.max_capacity == 2
    error_message = "two tasks, held by the scalable target"
  }
  assert {
    condition     = length(jsondecode(aws_ecs_task_definition.main.container_definitions)) == 1
    error_message = "one container"
  }
  assert {
    condition = jsondecode(aws_ecs_task_definition.main.container_definitions)[0].environment == [
      { name = "PORT", value = "8001" }, { name = "STATELESS", value = "true" }, { name = "TRANSPORT", value = "streamable-http" },
    ]
    error_message = "the original's variables"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.main.container_definitions)[0].secrets == [{ name = "API_KEY", valueFrom = "${aws_secretsmanager_secret.api_key[0].arn}:API_KEY::" }]
    error_message = "the key comes from the secret's JSON object"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.main.container_definitions)[0].stopTimeout == 120
    error_message = "as long as Fargate allows"
  }
  assert {
    condition     = aws_ecs_task_definition.main.runtime_platform[0].cpu_architecture == "X86_64"
    error_message = "x86 unless said otherwise"
  }
  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.ecs_execution.policy).Statement : statement.Sid => flatten([statement.Resource])
      } == {
      WriteThisLog     = ["${aws_cloudwatch_log_group.main.arn}:*"]
      ReadTheseSecrets = [aws_secretsmanager_secret.api_key[0].arn]
    }
    error_message = "nothing else, and nothing in ECR for an image of another registry"
  }
  assert {
    condition     = length(aws_iam_role_policy_attachment.ecs_task) == 0 && length(aws_iam_role_policy.ecs_task_exec) == 0
    error_message = "the server may do nothing in AWS"
  }
  assert {
    condition     = aws_secretsmanager_secret.api_key[0].recovery_window_in_days == 7 && startswith(aws_secretsmanager_secret.api_key[0].name_prefix, "my-mcp-dev-eu-west-1-")
    error_message = "a place for the secret, whose name can be taken again"
  }
  assert {
    condition     = output.secret_arn == aws_secretsmanager_secret.api_key[0].arn && output.fleet_key_secret_arn == null
    error_message = "the operator is told where it is"
  }
  assert {
    condition     = aws_lb.main[0].name == "my-mcp-dev-eu-west-1-alb" && aws_ecs_cluster.main.name == "my-mcp-dev-eu-west-1-cluster"
    error_message = "project, environment, region and a word"
  }

  assert {
    condition = output.weekend_mode_cost_analysis.usd_per_month == {
      always = 116.72, weekend_keeping_alb = 47.16, weekend_destroying_alb = 23.39
    }
    error_message = "the figures of docs/cost.md"
  }
}

run "another_region_long_names_a_narrow_door_and_an_image_in_ecr" {
  command = plan
  variables {
    project_name      = "a-very-long-project-name-for-a-server"
    environment       = "production"
    aws_region        = "ap-northeast-1"
    allowed_cidrs     = ["203.0.113.0/24"]
    container_image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/my-mcp:1.0"
    target_group_port = 8000
  }

  assert {
    condition     = aws_vpc.main.cidr_block == "10.40.0.0/16"
    error_message = "two regions never collide"
  }
  assert {
    condition     = aws_subnet.public[*].availability_zone == ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]
    error_message = "ap-northeast-1 has no zone b for everybody"
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.alb : rule.cidr_ipv4] == ["203.0.113.0/24"]
    error_message = "nobody else gets in"
  }
  assert {
    condition = contains([
      for statement in jsondecode(aws_iam_role_policy.ecs_execution.policy).Statement : jsonencode(statement.Resource) if statement.Sid == "PullTheseImages"
    ], jsonencode(["arn:aws:ecr:eu-west-1:123456789012:repository/team/my-mcp"]))
    error_message = "this repository"
  }
  assert {
    condition     = alltrue([for name in [aws_lb.main[0].name, aws_lb_target_group.main.name] : length(name) <= 32 && can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name))])
    error_message = "32 characters for a balancer and a target group"
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.ecs_execution, aws_iam_role.ecs_task] : length(role.name) <= 64])
    error_message = "64 for a role"
  }
  assert {
    condition     = strcontains(aws_iam_role.ecs_execution.name, substr(sha256("a-very-long-project-name-for-a-server-production-ap-northeast-1"), 0, 6))
    error_message = "roles are global: what was cut off is told by its hash"
  }
  assert {
    condition     = aws_lb_target_group.main.port == 8000 && !endswith(aws_lb_target_group.main.name, substr(sha256("8001 10.40.0.0/16"), 0, 4))
    error_message = "a group can't change its port, so one with another port has another name"
  }
}

run "a_region_without_a_number_asks_for_a_range" {
  command = plan
  variables {
    aws_region = "xx-nowhere-1"
  }
  expect_failures = [aws_vpc.main]
}

run "as_many_subnets_as_zones" {
  command = plan
  variables {
    subnet_cidrs = ["10.10.0.0/20", "10.10.16.0/20"]
  }
  expect_failures = [aws_vpc.main]
}

run "fargate_sizes_fit_each_other" {
  command = plan
  variables {
    cpu    = 256
    memory = 3072
  }
  expect_failures = [aws_ecs_task_definition.main]
}

run "the_largest_fargate_size_is_accepted" {
  command = plan
  variables {
    cpu    = 16384
    memory = 122880
  }
}
