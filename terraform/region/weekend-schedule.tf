# When it runs. The hours are written once, below, and become cron expressions in the operator's time zone.
#
# The schedule repeats itself at every full hour: an hour that was missed is made up for by the next, and after an
# apply the right thing stands within the hour, whatever day it is. To hold it off, suspend scheduled scaling on the
# scalable target (docs/operations.md); both kinds of schedule look at that.

locals {
  week = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]

  open_days    = [for day in local.week : day if contains(var.weekend_days, day)]
  closed_days  = [for day in local.week : day if !contains(var.weekend_days, day)]
  open_hours   = range(var.weekend_hours_start, var.weekend_hours_end)
  closed_hours = [for hour in range(24) : hour if !contains(local.open_hours, hour)]

  # At every full hour of the week exactly one of the two is due.
  up_crons = { "hours" = "cron(0 ${join(",", local.open_hours)} ? * ${join(",", local.open_days)} *)" }
  down_crons = merge(
    length(local.closed_hours) == 0 ? {} : {
      "nights" = "cron(0 ${join(",", local.closed_hours)} ? * ${join(",", local.open_days)} *)"
    },
    length(local.closed_days) == 0 ? {} : {
      "other-days" = "cron(0 * ? * ${join(",", local.closed_days)} *)"
    },
  )

  tasks_are_scheduled = var.enable_weekend_only && !local.edge_is_scheduled
}

# Without teardown the tasks are all there is to schedule, and Application Auto Scaling does that by itself. The three
# wait for each other, because it refuses two changes of one target at a time (ConcurrentUpdateException).
resource "aws_appautoscaling_scheduled_action" "up" {
  count = local.tasks_are_scheduled ? 1 : 0

  name               = "${aws_ecs_service.main.name}-up-hours"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension
  resource_id        = aws_appautoscaling_target.service.resource_id
  schedule           = local.up_crons["hours"]
  timezone           = var.timezone

  scalable_target_action {
    min_capacity = var.desired_count
    max_capacity = local.max_count
  }

  lifecycle {
    replace_triggered_by = [terraform_data.capacity]
  }

  depends_on = [aws_appautoscaling_policy.cpu]
}

resource "aws_appautoscaling_scheduled_action" "down_nights" {
  count = local.tasks_are_scheduled && contains(keys(local.down_crons), "nights") ? 1 : 0

  name               = "${aws_ecs_service.main.name}-down-nights"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension
  resource_id        = aws_appautoscaling_target.service.resource_id
  schedule           = local.down_crons["nights"]
  timezone           = var.timezone

  scalable_target_action {
    min_capacity = 0
    max_capacity = 0
  }

  lifecycle {
    replace_triggered_by = [terraform_data.capacity]
  }

  depends_on = [aws_appautoscaling_scheduled_action.up]
}

resource "aws_appautoscaling_scheduled_action" "down_other_days" {
  count = local.tasks_are_scheduled && contains(keys(local.down_crons), "other-days") ? 1 : 0

  name               = "${aws_ecs_service.main.name}-down-other-days"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension
  resource_id        = aws_appautoscaling_target.service.resource_id
  schedule           = local.down_crons["other-days"]
  timezone           = var.timezone

  scalable_target_action {
    min_capacity = 0
    max_capacity = 0
  }

  lifecycle {
    replace_triggered_by = [terraform_data.capacity]
  }

  depends_on = [aws_appautoscaling_scheduled_action.down_nights]
}

# ---- with teardown: the machine of edge-machine.tf, started by the clock

locals {
  # The edge needs a few minutes, and a name that was looked up in vain is remembered for a quarter of an hour (the
  # zone's SOA minimum), so it opens ahead of the hours: at 5:40 for 6. Midnight's lead lies on the day before.
  lead_hour = (var.weekend_hours_start + 23) % 24
  lead_days = var.weekend_hours_start > 0 ? local.open_days : [
    for day in local.open_days : local.week[(index(local.week, day) + 6) % 7]
  ]
  lead_crons = { "lead" = "cron(40 ${local.lead_hour} ? * ${join(",", local.lead_days)} *)" }

  edge_schedules = local.edge_is_scheduled ? merge(
    { for name, cron in merge(local.lead_crons, local.up_crons) : "up-${name}" => { phase = "up", cron = cron } },
    { for name, cron in local.down_crons : "down-${name}" => { phase = "down", cron = cron } },
  ) : {}
}

resource "aws_scheduler_schedule_group" "edge" {
  count = local.edge_is_scheduled ? 1 : 0

  name = local.names.schedule_group
}

resource "aws_scheduler_schedule" "edge" {
  #checkov:skip=CKV_AWS_297:The input is one word, up or down; encryption.enabled uses a key of yours
  for_each = local.edge_schedules

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.edge[0].name
  description                  = "Tells the edge of ${local.stem} to go ${each.value.phase}"
  schedule_expression          = each.value.cron
  schedule_expression_timezone = var.timezone
  kms_key_arn                  = local.kms_key_arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.edge[0].arn
    role_arn = aws_iam_role.scheduler[0].arn
    input    = jsonencode({ phase = each.value.phase, by = "schedule" })

    # A late start is worth nothing once the next full hour has spoken.
    retry_policy {
      maximum_event_age_in_seconds = 1800
      maximum_retry_attempts       = 10
    }

    dead_letter_config {
      arn = aws_sqs_queue.missed_schedules[0].arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

# Starts that never reached the machine. One message here rings the alarm.
resource "aws_sqs_queue" "missed_schedules" {
  count = local.edge_is_scheduled ? 1 : 0

  name                      = local.names.queue
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = local.has_kms ? null : true
  kms_master_key_id         = local.kms_key_arn
}

resource "aws_iam_role" "scheduler" {
  count = local.edge_is_scheduled ? 1 : 0

  name               = local.names.scheduler_role
  description        = "Starts the edge's machine by the clock"
  assume_role_policy = local.assumed_by["scheduler"]
}

resource "aws_iam_role_policy" "scheduler" {
  count = local.edge_is_scheduled ? 1 : 0

  name = "start-the-machine"
  role = aws_iam_role.scheduler[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "StartTheMachine"
          Effect   = "Allow"
          Action   = "states:StartExecution"
          Resource = aws_sfn_state_machine.edge[0].arn
        },
        {
          Sid      = "KeepWhatWasMissed"
          Effect   = "Allow"
          Action   = "sqs:SendMessage"
          Resource = aws_sqs_queue.missed_schedules[0].arn
        },
      ],
      local.has_kms ? [{
        Sid      = "EncryptWhatWasMissed"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = local.kms_key_arn
      }] : [],
    )
  })
}
