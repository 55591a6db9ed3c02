# Who may talk to whom: clients to the balancer, the balancer to the tasks, and the gateways to each other.

resource "aws_security_group" "alb" {
  name        = "${local.stem}-alb-sg"
  description = "Balancer: clients in, tasks out"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.stem}-alb-sg" }
}

resource "aws_security_group" "ecs_tasks" {
  name        = "${local.stem}-ecs-tasks-sg"
  description = "Tasks: balancer in, HTTPS out"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.stem}-ecs-tasks-sg" }
}

locals {
  # 443 is open only while something listens on it.
  alb_ports = local.has_domain ? [var.alb_port, 443] : [var.alb_port]
  alb_sources = {
    for pair in setproduct(local.alb_ports, var.allowed_cidrs) :
    "${pair[0]} from ${pair[1]}" => { port = pair[0], cidr = pair[1] }
  }
}

resource "aws_vpc_security_group_ingress_rule" "alb" {
  #checkov:skip=CKV_AWS_260:A public MCP server listens on 80, with a domain only to redirect; allowed_cidrs narrows it
  for_each = {
    for name, source in local.alb_sources : name => source if var.enable_ipv6 || !strcontains(source.cidr, ":")
  }

  security_group_id = aws_security_group.alb.id
  description       = "Clients"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.cidr, ":") ? null : each.value.cidr
  cidr_ipv6         = strcontains(each.value.cidr, ":") ? each.value.cidr : null
}

resource "aws_vpc_security_group_egress_rule" "alb_to_tasks" {
  security_group_id            = aws_security_group.alb.id
  description                  = "Requests and health checks"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.ecs_tasks.id
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_alb" {
  security_group_id            = aws_security_group.ecs_tasks.id
  description                  = "Requests and health checks"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.alb.id
}

# A gateway passes a request on to the replica that owns its session.
resource "aws_vpc_security_group_ingress_rule" "tasks_from_peers" {
  count = local.has_gateway ? 1 : 0

  security_group_id            = aws_security_group.ecs_tasks.id
  description                  = "Gateways among themselves"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.ecs_tasks.id
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_peers" {
  count = local.has_gateway ? 1 : 0

  security_group_id            = aws_security_group.ecs_tasks.id
  description                  = "Gateways among themselves"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.ecs_tasks.id
}

# The registry, the logs, the secrets and what the server itself calls. Names are resolved by the VPC's own
# resolver, which no security group filters.
resource "aws_vpc_security_group_egress_rule" "tasks_out" {
  for_each = toset([for port in var.task_egress_ports : tostring(port)])

  security_group_id = aws_security_group.ecs_tasks.id
  description       = "The world, on port ${each.key}"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "tasks_out_ipv6" {
  for_each = toset(var.enable_ipv6 && !local.tasks_are_private ? [for port in var.task_egress_ports : tostring(port)] : [])

  security_group_id = aws_security_group.ecs_tasks.id
  description       = "The world over IPv6, on port ${each.key}"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
  cidr_ipv6         = "::/0"
}
