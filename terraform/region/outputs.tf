# What the operator's commands need. The names are the original's.

output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.main.id
}

output "vpc_cidr_block" {
  description = "Its addresses."
  value       = aws_vpc.main.cidr_block
}

output "public_subnet_ids" {
  description = "The public subnets, one for each zone."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "The private subnets, when tasks run there."
  value       = aws_subnet.private[*].id
}

output "load_balancer_name" {
  description = "The balancer's name, the same whether Terraform or the schedule makes it."
  value       = var.create_alb ? local.alb.name : null
}

# A scheduled balancer comes and goes with other addresses each time. Were they outputs, every plan would differ.
output "load_balancer_dns_name" {
  description = "The balancer's own DNS name; null when the schedule owns the balancer."
  value       = one(aws_lb.main[*].dns_name)
}

output "load_balancer_zone_id" {
  description = "The zone of the balancer's DNS name; null when the schedule owns the balancer."
  value       = one(aws_lb.main[*].zone_id)
}

output "load_balancer_arn" {
  description = "The balancer; null when the schedule owns it."
  value       = one(aws_lb.main[*].arn)
}

output "target_group_arn" {
  description = "The target group, which outlives every balancer."
  value       = aws_lb_target_group.main.arn
}

output "ecs_cluster_id" {
  description = "The cluster's ARN."
  value       = aws_ecs_cluster.main.id
}

output "ecs_cluster_name" {
  description = "The cluster."
  value       = aws_ecs_cluster.main.name
}

output "ecs_service_id" {
  description = "The service's ARN."
  value       = aws_ecs_service.main.id
}

output "ecs_service_name" {
  description = "The service."
  value       = aws_ecs_service.main.name
}

output "ecs_task_definition_arn" {
  description = "The task definition, with its revision."
  value       = aws_ecs_task_definition.main.arn
}

output "container_name" {
  description = "The server's container; its log streams begin with ecs/ and this name."
  value       = local.server_name
}

output "scalable_target_id" {
  description = "What holds the number of tasks: the resource id for `aws application-autoscaling`."
  value       = aws_appautoscaling_target.service.resource_id
}

output "application_url" {
  description = "Where clients connect: the domain if there is one, else the balancer."
  value = local.has_domain && var.create_alb ? "https://${local.fqdn}" : (
    local.edge_is_terraform ? "http://${aws_lb.main[0].dns_name}${var.alb_port == 80 ? "" : ":${var.alb_port}"}" : null
  )
}

output "custom_domain_url" {
  description = "The domain's address; null without a domain."
  value       = local.has_domain && var.create_alb ? "https://${local.fqdn}" : null
}

output "service_discovery_dns_name" {
  description = "The private name of all tasks."
  value       = var.enable_service_discovery ? local.discovery_host : null
}

output "alb_security_group_id" {
  description = "The balancer's security group."
  value       = aws_security_group.alb.id
}

output "ecs_security_group_id" {
  description = "The tasks' security group."
  value       = aws_security_group.ecs_tasks.id
}

output "cloudwatch_log_group_name" {
  description = "Where the containers' logs go."
  value       = aws_cloudwatch_log_group.main.name
}

output "secret_arn" {
  description = "The secret that the operator puts the values of secret.keys into; null without keys."
  value       = local.secret_arn
}

output "fleet_key_secret_arn" {
  description = "The secret that the operator puts the gateways' key into; null without a gateway."
  value       = local.fleet_key_arn
}

output "edge_state_machine_arn" {
  description = "The machine that opens and closes the edge; null unless destroy_albs_when_scaled_down."
  value       = one(aws_sfn_state_machine.edge[*].arn)
}

output "edge_stack_name" {
  description = "The stack that is the edge; null unless destroy_albs_when_scaled_down."
  value       = one(aws_cloudformation_stack.edge[*].name)
}

output "alarm_topic_arn" {
  description = "Where alarms go; null without alarms."
  value       = local.alarm_topic_arn
}

output "certificate_arn" {
  description = "The certificate of the domain; null without a domain."
  value       = local.certificate_arn
}

output "region" {
  description = "The region."
  value       = var.aws_region
}

output "deployment_info" {
  description = "The region in one value."
  value = {
    project_name      = var.project_name
    environment       = var.environment
    region            = var.aws_region
    container_image   = var.container_image
    desired_count     = var.desired_count
    cpu               = var.cpu
    memory            = var.memory
    gateway           = local.gateway_is_sidecar ? "sidecar" : var.gateway_in_image ? "in image" : "none"
    balancer_owner    = local.edge_is_scheduled ? "schedule" : local.edge_is_terraform ? "terraform" : "nobody"
    weekend_only      = var.enable_weekend_only
    service_discovery = var.enable_service_discovery
  }
}

output "weekend_mode_cost_analysis" {
  description = "Tasks, balancer and addresses, in dollars a month: always on, weekends with the balancer kept, and without."
  value       = local.cost_analysis
}
