# The balancer. Its settings stand here once, as values: Terraform makes it from them, and so does the edge's stack
# (edge.tf) when the weekend schedule takes the balancer down and brings it back.

locals {
  has_domain = var.enable_domain
  # Exactly one owner: Terraform, or the stack whose phase the schedule sets.
  edge_is_scheduled = var.create_alb && var.enable_weekend_only && var.destroy_albs_when_scaled_down
  edge_is_terraform = var.create_alb && !local.edge_is_scheduled

  # A target group can't change its port or its VPC, so another one is made first, which needs another name.
  target_group_port = coalesce(var.target_group_port, var.container_port)
  target_group_mark = substr(sha256("${local.target_group_port} ${local.vpc_cidr}"), 0, 4)

  # Streams of an MCP server are quiet for long. The gateway sends a comment every 15 s; servers without it get
  # the idle timeout's patience.
  alb = {
    name                       = local.names.alb
    ip_address_type            = var.enable_ipv6 ? "dualstack" : "ipv4"
    idle_timeout               = var.load_balancer.idle_timeout
    client_keep_alive          = var.load_balancer.client_keep_alive
    drop_invalid_header_fields = true
    desync_mitigation_mode     = "defensive"
    ssl_policy                 = var.load_balancer.ssl_policy
    deletion_protection        = var.load_balancer.deletion_protection
    access_logs_bucket         = var.load_balancer.access_logs_bucket
    access_logs_prefix         = local.stem
  }
}

resource "aws_lb" "main" {
  #checkov:skip=CKV2_AWS_76:The firewall has the rules against Log4j; the list of anonymous addresses would turn away who uses a VPN
  #checkov:skip=CKV_AWS_150:A region must be removable by its own destroy; load_balancer.deletion_protection turns it on
  #checkov:skip=CKV_AWS_91:Logs need a bucket and its cost; load_balancer.access_logs_bucket names one
  #checkov:skip=CKV2_AWS_28:The firewall costs more than the tasks of a small fleet; waf.enabled turns it on
  #checkov:skip=CKV2_AWS_20:Without a domain there is no certificate to redirect to; with one port 80 only redirects
  count = local.edge_is_terraform ? 1 : 0

  name               = local.alb.name
  load_balancer_type = "application"
  internal           = false
  ip_address_type    = local.alb.ip_address_type
  security_groups    = [aws_security_group.alb.id]
  subnets            = aws_subnet.public[*].id

  idle_timeout               = local.alb.idle_timeout
  client_keep_alive          = local.alb.client_keep_alive
  drop_invalid_header_fields = local.alb.drop_invalid_header_fields
  desync_mitigation_mode     = local.alb.desync_mitigation_mode
  enable_deletion_protection = local.alb.deletion_protection

  dynamic "access_logs" {
    for_each = local.alb.access_logs_bucket == null ? [] : [local.alb.access_logs_bucket]
    content {
      bucket  = access_logs.value
      prefix  = local.alb.access_logs_prefix
      enabled = true
    }
  }

  tags = { Name = local.alb.name }

  # A balancer is refused in a VPC without a way out, and its addresses hold the gateway while it is removed. The
  # rules are waited for so that it never stands without them.
  depends_on = [
    aws_internet_gateway.main,
    aws_route_table_association.public,
    aws_vpc_security_group_ingress_rule.alb,
    aws_vpc_security_group_egress_rule.alb_to_tasks,
  ]
}

# Outside of the switch: the service is bound to it for life, so turning the balancer off and on leaves the service
# alone.
resource "aws_lb_target_group" "main" {
  #checkov:skip=CKV_AWS_378:TLS ends at the balancer; between it and the tasks nothing leaves the VPC
  name        = local.names.target_group
  port        = local.target_group_port
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  # One long stream costs a task as much as many short calls, so counting requests in flight is the fair measure.
  load_balancing_algorithm_type = "least_outstanding_requests"
  deregistration_delay          = var.load_balancer.deregistration_delay

  health_check {
    path                = var.health_check_path
    port                = "traffic-port"
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  # Off by default: the gateway needs no cookie, and hardly any MCP client keeps one.
  stickiness {
    enabled         = var.load_balancer.session_affinity
    type            = "lb_cookie"
    cookie_duration = 86400
  }

  tags = { Name = local.names.target_group }

  lifecycle {
    create_before_destroy = true
  }
}

# With a certificate the plain port only says where the encrypted one is; without one it serves. A client may turn a
# redirected POST into a GET (RFC 9110, 15.4.2), so give MCP clients the https address.
resource "aws_lb_listener" "http" {
  #checkov:skip=CKV_AWS_2:Without a domain there is no certificate; with one this listener redirects
  #checkov:skip=CKV_AWS_103:The same: TLS is the other listener's
  #checkov:skip=CKV2_AWS_20:The same
  count = local.edge_is_terraform ? 1 : 0

  load_balancer_arn = aws_lb.main[0].arn
  port              = var.alb_port
  protocol          = "HTTP"

  default_action {
    type             = local.has_domain ? "redirect" : "forward"
    target_group_arn = local.has_domain ? null : aws_lb_target_group.main.arn

    dynamic "redirect" {
      for_each = local.has_domain ? [443] : []
      content {
        port        = tostring(redirect.value)
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }
}

resource "aws_lb_listener" "https" {
  #checkov:skip=CKV_AWS_103:The variable allows policies with TLS 1.3 only, which checkov can't see
  count = local.edge_is_terraform && local.has_domain ? 1 : 0

  load_balancer_arn = aws_lb.main[0].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.alb.ssl_policy
  certificate_arn   = local.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
}
