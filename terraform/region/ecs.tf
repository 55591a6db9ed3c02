# What runs: the cluster, the task and the service.

locals {
  # A gateway of its own in front of an HTTP server, or one that the server's image starts (stdio), or none.
  gateway_is_sidecar = var.gateway_image != null
  has_gateway        = local.gateway_is_sidecar || var.gateway_in_image

  server_name  = "server"
  gateway_name = "gateway"
  # The container that the balancer reaches.
  front_name = local.gateway_is_sidecar ? local.gateway_name : local.server_name

  # Behind a gateway the server listens where nobody else can reach it.
  server_environment = merge(
    var.container_environment,
    local.gateway_is_sidecar ? { HOST = "127.0.0.1", PORT = tostring(var.gateway.server_port) } : {},
    var.gateway_in_image ? local.gateway_environment : {},
  )

  gateway_environment = merge({
    SLIPWAY_HOST = "0.0.0.0"
    SLIPWAY_PORT = tostring(var.container_port)
    # Asked again and again; the answers are the addresses of all tasks. A gateway that has this name and no address
    # to advertise asks the metadata endpoint of ECS for its own.
    SLIPWAY_PEERS_DNS = "${local.discovery_host}:${var.container_port}"
    SLIPWAY_PATH      = var.gateway.path
    SLIPWAY_DRAIN     = tostring(var.gateway.drain_seconds)
    # Who a client is, the balancer says last in X-Forwarded-For, and nobody but it gets through to a task.
    SLIPWAY_TRUST_FORWARDED = "1"
    },
    local.gateway_is_sidecar ? {
      SLIPWAY_UPSTREAM = "http://127.0.0.1:${var.gateway.server_port}${var.gateway.upstream_path}"
    } : {},
    var.gateway.environment,
  )

  # The secret is a JSON object; each key of it becomes a variable of its own.
  gateway_secrets = local.has_gateway ? concat(
    [{ name = "SLIPWAY_FLEET_KEY", valueFrom = local.fleet_key_arn }],
    [for key in var.gateway.secrets : { name = key, valueFrom = "${local.secret_arn}:${key}::" }],
  ) : []
  server_secrets = concat(
    [for key in var.secret.keys : { name = key, valueFrom = "${local.secret_arn}:${key}::" }],
    var.gateway_in_image ? local.gateway_secrets : [],
  )

  log_configuration = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"         = aws_cloudwatch_log_group.main.name
      "awslogs-region"        = var.aws_region
      "awslogs-stream-prefix" = "ecs" # ECS names a stream ecs/<container>/<task>
      # A server that logs faster than CloudWatch takes it must lose lines, not stand still.
      "mode"            = "non-blocking"
      "max-buffer-size" = "25m"
    }
  }

  server_container = merge({
    name             = local.server_name
    image            = var.container_image
    essential        = true
    environment      = [for name, value in local.server_environment : { name = name, value = value }]
    secrets          = local.server_secrets
    logConfiguration = local.log_configuration
    # The most that Fargate allows. Whatever streams longer is cut when a task is replaced.
    stopTimeout            = 120
    readonlyRootFilesystem = var.task.read_only_root
    portMappings = local.gateway_is_sidecar ? [] : [
      { containerPort = var.container_port, hostPort = var.container_port, protocol = "tcp" },
    ]
    }, var.container_command == null ? {} : { command = var.container_command },
    var.task.user == null ? {} : { user = var.task.user },
  )

  gateway_container = {
    name                   = local.gateway_name
    image                  = var.gateway_image
    essential              = true
    environment            = [for name, value in local.gateway_environment : { name = name, value = value }]
    secrets                = local.gateway_secrets
    logConfiguration       = local.log_configuration
    stopTimeout            = 120
    readonlyRootFilesystem = true
    user                   = "65532:65532"
    portMappings = [
      { containerPort = var.container_port, hostPort = var.container_port, protocol = "tcp" },
    ]
    # ECS stops containers in the opposite order, so the gateway drains while the server still answers.
    dependsOn = [{ containerName = local.server_name, condition = "START" }]
  }
}

resource "aws_ecs_cluster" "main" {
  #checkov:skip=CKV_AWS_65:Container Insights bills per metric; monitoring.container_insights turns it on
  #checkov:skip=CKV_AWS_224:A shell's transcript is encrypted like every other log; encryption.enabled uses a key of yours
  name = coalesce(var.cluster_name, local.names.cluster)

  setting {
    name  = "containerInsights"
    value = var.monitoring.container_insights ? "enabled" : "disabled"
  }

  configuration {
    execute_command_configuration {
      kms_key_id = local.kms_key_arn
      logging    = "OVERRIDE" # what is typed into a container is kept with the container's own log

      log_configuration {
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.main.name
        cloud_watch_encryption_enabled = local.has_kms
      }
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_ecs_task_definition" "main" {
  #checkov:skip=CKV_AWS_336:Most server images write somewhere; task.read_only_root turns it on, and the gateway has it
  family                   = local.names.task
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.ecs_execution.arn
  task_role_arn            = aws_iam_role.ecs_task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.task.architecture
  }

  container_definitions = jsonencode([
    for container in [local.server_container, local.gateway_container] : container if container.image != null
  ])

  lifecycle {
    precondition {
      condition     = contains(local.fargate_memory[tostring(var.cpu)], var.memory)
      error_message = "Fargate has no task with this cpu and memory. With cpu 256 memory is 512, 1024 or 2048; 512: 1024 to 4096; 1024: 2048 to 8192; 2048: 4096 to 16384; 4096: 8192 to 30720, in steps of 1024; 8192: 16384 to 61440 in steps of 4096; 16384: 32768 to 122880 in steps of 8192."
    }
  }
}

locals {
  # "Task CPU and memory", Amazon ECS Developer Guide.
  fargate_memory = {
    "256"   = [512, 1024, 2048]
    "512"   = range(1024, 4097, 1024)
    "1024"  = range(2048, 8193, 1024)
    "2048"  = range(4096, 16385, 1024)
    "4096"  = range(8192, 30721, 1024)
    "8192"  = range(16384, 61441, 4096)
    "16384" = range(32768, 122881, 8192)
  }
}

resource "aws_ecs_service" "main" {
  #checkov:skip=CKV_AWS_333:Public addresses are the cheap way out, and no rule lets anybody in by them; private_subnets.enabled has none
  name            = local.names.service
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.main.arn

  # Said once, when the service is made; from then on the scalable target decides (scaling.tf). With a schedule too the
  # tasks run at first, and its next full hour stops them if the hour is wrong.
  desired_count = var.desired_count

  # Always strategies, never a launch type: going from one to the other would replace the service.
  dynamic "capacity_provider_strategy" {
    for_each = local.capacity_strategy
    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }
  force_new_deployment = true # another strategy is then a deployment; without it, another service

  # New tasks stand before old ones go, and a version that does not come up goes back by itself.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  availability_zone_rebalancing     = "ENABLED"
  health_check_grace_period_seconds = var.create_alb ? var.task.grace_period_seconds : null
  wait_for_steady_state             = var.task.wait_for_steady_state

  enable_execute_command  = var.task.execute_command
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  network_configuration {
    subnets          = local.task_subnet_ids
    security_groups  = [aws_security_group.ecs_tasks.id]
    assign_public_ip = !local.tasks_are_private
  }

  dynamic "load_balancer" {
    for_each = var.create_alb ? [local.front_name] : []
    content {
      target_group_arn = aws_lb_target_group.main.arn
      container_name   = load_balancer.value
      container_port   = var.container_port
    }
  }

  dynamic "service_registries" {
    for_each = aws_service_discovery_service.main
    content {
      registry_arn = service_registries.value.arn
    }
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  # ECS refuses a service whose target group hangs on no balancer, and tasks that can't read, log or reach anything
  # die before they say why.
  depends_on = [
    aws_cloudformation_stack.edge,
    aws_ecs_cluster_capacity_providers.main,
    aws_iam_role_policy.ecs_execution,
    aws_iam_role_policy.ecs_task_exec,
    aws_lb_listener.http,
    aws_lb_listener.https,
    aws_route_table_association.private,
    aws_route_table_association.public,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
    aws_vpc_security_group_egress_rule.tasks_out,
    aws_vpc_security_group_egress_rule.tasks_out_ipv6,
    aws_vpc_security_group_egress_rule.tasks_to_peers,
    aws_vpc_security_group_ingress_rule.tasks_from_alb,
    aws_vpc_security_group_ingress_rule.tasks_from_peers,
  ]
}

locals {
  # The base runs on demand before any weight counts. Without Spot everything does.
  capacity_strategy = merge(
    { FARGATE = { base = var.task.on_demand_base, weight = 100 - var.task.spot_percent } },
    var.task.spot_percent > 0 ? { FARGATE_SPOT = { base = 0, weight = var.task.spot_percent } } : {},
  )
}

resource "aws_cloudwatch_log_group" "main" {
  #checkov:skip=CKV_AWS_338:Seven days, as the original had it; monitoring.log_retention_days keeps them for longer
  #checkov:skip=CKV_AWS_158:CloudWatch encrypts with a key of its own; encryption.enabled uses one of yours
  name              = "/ecs/${local.stem}"
  retention_in_days = var.monitoring.log_retention_days
  kms_key_id        = local.kms_key_arn
}
