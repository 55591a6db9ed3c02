# How many tasks. One thing in AWS holds the number: the scalable target of the service. Its range is what the
# schedule, the operator and autoscaling set, and AWS moves the service into it at once (RegisterScalableTarget).
#
# Terraform says the range when it is made, and says it again only when somebody changes the numbers below. In between
# it leaves the range alone, so neither a night without tasks nor an operator's hand shows up in a plan.

locals {
  max_count    = max(var.desired_count, coalesce(var.autoscaling.max_count, var.desired_count))
  scales_alone = local.max_count > var.desired_count
}

resource "terraform_data" "capacity" {
  input = {
    desired_count = var.desired_count
    max_count     = local.max_count
    is_scheduled  = var.enable_weekend_only
  }
}

resource "aws_appautoscaling_target" "service" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.main.name}"

  # With a schedule the range begins open at the bottom: whatever runs goes on, and the next full hour decides.
  min_capacity = var.enable_weekend_only ? 0 : var.desired_count
  max_capacity = local.max_count

  lifecycle {
    # suspended_state is how an operator pauses the schedule.
    ignore_changes       = [min_capacity, max_capacity, suspended_state]
    replace_triggered_by = [terraform_data.capacity]
  }
}

# The target's removal takes its policies and actions along, so they are made again with it.
resource "aws_appautoscaling_policy" "cpu" {
  count = local.scales_alone ? 1 : 0

  name               = "${aws_ecs_service.main.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension
  resource_id        = aws_appautoscaling_target.service.resource_id

  # Processor time, not requests per target: that measure is bound to one balancer's address, and the schedule makes
  # a new balancer every week.
  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscaling.cpu_percent
    scale_out_cooldown = var.autoscaling.scale_out_seconds
    scale_in_cooldown  = var.autoscaling.scale_in_seconds

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.capacity]
  }
}
