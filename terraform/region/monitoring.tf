# Who is told when something is wrong, and where to look.

locals {
  has_alarms = var.monitoring.alarms
  # A schedule that fails at night must reach somebody, so its alarm exists whether or not the others do.
  has_topic       = (local.has_alarms || local.edge_is_scheduled) && var.monitoring.topic_arn == null
  alarm_topic_arn = try(coalesce(var.monitoring.topic_arn, one(aws_sns_topic.alarms[*].arn)), null)

  # Alarms bound to the balancer. A scheduled balancer is another one every week, so the edge's stack makes them then.
  balancer_alarms = local.has_alarms && var.create_alb ? {
    target5xx = {
      description = "The server answers with errors"
      metric      = "HTTPCode_Target_5XX_Count", statistic = "Sum", minutes = 5, threshold = 10, by_target = true
    }
    balancer5xx = {
      description = "The balancer answers with errors of its own: no healthy task, or one that broke off"
      metric      = "HTTPCode_ELB_5XX_Count", statistic = "Sum", minutes = 5, threshold = 10, by_target = false
    }
    unhealthy = {
      description = "A task fails its health check"
      metric      = "UnHealthyHostCount", statistic = "Maximum", minutes = 5, threshold = 1, by_target = true
    }
  } : {}
}

resource "aws_sns_topic" "alarms" {
  #checkov:skip=CKV_AWS_26:Alarms name resources and carry no data; encryption.enabled uses a key of yours
  count = local.has_topic ? 1 : 0

  name              = local.names.topic
  kms_master_key_id = local.kms_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  count = local.has_topic ? 1 : 0

  arn = aws_sns_topic.alarms[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms[0].arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        # EventBridge documents no condition for topics.
        Sid       = "Events"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms[0].arn
      },
    ]
  })
}

# AWS sends a letter first; until it is answered nothing else arrives.
resource "aws_sns_topic_subscription" "email" {
  count = local.has_topic && var.monitoring.email != null ? 1 : 0

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = var.monitoring.email
}

resource "aws_cloudwatch_metric_alarm" "balancer" {
  for_each = local.edge_is_terraform ? local.balancer_alarms : {}

  alarm_name          = "${local.names.alarm}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/ApplicationELB"
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = each.value.minutes
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.alarm_topic_arn]
  ok_actions          = [local.alarm_topic_arn]

  dimensions = merge(
    { LoadBalancer = aws_lb.main[0].arn_suffix },
    each.value.by_target ? { TargetGroup = aws_lb_target_group.main.arn_suffix } : {},
  )
}

# ---- the schedule

resource "aws_cloudwatch_metric_alarm" "schedule_failed" {
  count = local.edge_is_scheduled ? 1 : 0

  alarm_name          = "${local.names.alarm}-schedule-failed"
  alarm_description   = "The edge's machine did not finish: the balancer may be down in the hours, or up outside of them"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.alarm_topic_arn]
  ok_actions          = [local.alarm_topic_arn]

  metric_query {
    id          = "bad"
    label       = "Executions that did not succeed"
    expression  = "FILL(failed, 0) + FILL(timed_out, 0) + FILL(aborted, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "ExecutionsFailed", timed_out = "ExecutionsTimedOut", aborted = "ExecutionsAborted" }
    content {
      id = metric_query.key
      metric {
        namespace   = "AWS/States"
        metric_name = metric_query.value
        period      = 300
        stat        = "Sum"
        dimensions  = { StateMachineArn = aws_sfn_state_machine.edge[0].arn }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "schedule_missed" {
  count = local.edge_is_scheduled ? 1 : 0

  alarm_name          = "${local.names.alarm}-schedule-missed"
  alarm_description   = "A start did not reach the edge's machine; it lies in the queue ${local.names.queue}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.alarm_topic_arn]
  ok_actions          = [local.alarm_topic_arn]

  dimensions = { QueueName = aws_sqs_queue.missed_schedules[0].name }
}

# ---- tasks that die, deployments that go back

locals {
  events = {
    stopped-tasks = {
      description = "A task of this region ended by itself, or never began"
      pattern = {
        source        = ["aws.ecs"]
        "detail-type" = ["ECS Task State Change"]
        detail = {
          clusterArn = [aws_ecs_cluster.main.arn]
          lastStatus = ["STOPPED"]
          # What people and deployments stop is no news.
          stopCode = ["EssentialContainerExited", "TaskFailedToStart", "SpotInterruption"]
        }
      }
      template = "\"A task of ${local.stem} stopped: <reason> (<code>). <task>\""
      paths    = { reason = "$.detail.stoppedReason", code = "$.detail.stopCode", task = "$.detail.taskArn" }
    }
    failed-deployments = {
      description = "A deployment of this region did not come up and went back"
      pattern = {
        source        = ["aws.ecs"]
        "detail-type" = ["ECS Deployment State Change"]
        resources     = [aws_ecs_service.main.id]
        detail        = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
      }
      template = "\"A deployment of ${local.stem} failed: <reason>\""
      paths    = { reason = "$.detail.reason" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "news" {
  for_each = { for name, event in local.events : name => event if local.has_alarms }

  name          = "${local.names.alarm}-${each.key}"
  description   = each.value.description
  event_pattern = jsonencode(each.value.pattern)
}

resource "aws_cloudwatch_event_target" "news" {
  for_each = { for name, event in local.events : name => event if local.has_alarms }

  rule = aws_cloudwatch_event_rule.news[each.key].name
  arn  = local.alarm_topic_arn

  input_transformer {
    input_paths    = each.value.paths
    input_template = each.value.template
  }
}

# ---- one page to look at

locals {
  # Searched by name rather than bound to one balancer: the scheduled one is another every week.
  balancer_search = "{AWS/ApplicationELB,LoadBalancer} \"${local.alb.name}\""
  widgets = [
    { title = "Requests", expression = "SEARCH('${local.balancer_search} MetricName=\"RequestCount\"', 'Sum', 60)" },
    { title = "Answers with an error", expression = "SEARCH('${local.balancer_search} MetricName=(\"HTTPCode_Target_5XX_Count\" OR \"HTTPCode_ELB_5XX_Count\")', 'Sum', 60)" },
    { title = "Time to answer, the slowest of a hundred", expression = "SEARCH('${local.balancer_search} MetricName=\"TargetResponseTime\"', 'p99', 60)" },
    { title = "Streams open", expression = "SEARCH('${local.balancer_search} MetricName=\"ActiveConnectionCount\"', 'Sum', 60)" },
  ]
  service_metrics = [
    for metric in ["CPUUtilization", "MemoryUtilization"] :
    ["AWS/ECS", metric, "ClusterName", aws_ecs_cluster.main.name, "ServiceName", aws_ecs_service.main.name]
  ]
}

resource "aws_cloudwatch_dashboard" "main" {
  count = var.monitoring.dashboard ? 1 : 0

  dashboard_name = local.stem
  dashboard_body = jsonencode({
    widgets = concat(
      [for index, widget in local.widgets : {
        type = "metric", width = 12, height = 6, x = index % 2 * 12, y = floor(index / 2) * 6
        properties = {
          title   = widget.title
          region  = var.aws_region
          view    = "timeSeries"
          metrics = [[{ expression = widget.expression, id = "q", label = "" }]]
        }
      }],
      [{
        type = "metric", width = 12, height = 6, x = 0, y = 12
        properties = {
          title   = "Tasks: processor and memory, percent"
          region  = var.aws_region
          view    = "timeSeries"
          metrics = local.service_metrics
        }
      }],
      [{
        type = "log", width = 12, height = 6, x = 12, y = 12
        properties = {
          title  = "Latest lines"
          region = var.aws_region
          query  = "SOURCE '${aws_cloudwatch_log_group.main.name}' | fields @timestamp, @message | sort @timestamp desc | limit 50"
        }
      }],
    )
  })
}
