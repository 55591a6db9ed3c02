# The weekend schedule, without and with teardown of the balancer.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  project_name        = "my-mcp"
  container_image     = "ghcr.io/my-org/my-mcp:1.0"
  enable_weekend_only = true
}

run "tasks_by_application_auto_scaling" {
  command = plan
  variables {
    timezone    = "Europe/Berlin"
    autoscaling = { max_count = 4 }
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.up[0].schedule == "cron(0 6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 ? * SAT,SUN *)"
    error_message = "up at every full hour of the schedule"
  }
  assert {
    condition     = aws_appautoscaling_scheduled_action.down_nights[0].schedule == "cron(0 0,1,2,3,4,5,22,23 ? * SAT,SUN *)" && aws_appautoscaling_scheduled_action.down_other_days[0].schedule == "cron(0 * ? * MON,TUE,WED,THU,FRI *)"
    error_message = "down at every other one"
  }
  assert {
    condition = [
      for action in [aws_appautoscaling_scheduled_action.up[0], aws_appautoscaling_scheduled_action.down_nights[0], aws_appautoscaling_scheduled_action.down_other_days[0]] :
      [action.timezone, action.scalable_target_action[0].min_capacity, action.scalable_target_action[0].max_capacity]
    ] == [["Europe/Berlin", "2", "4"], ["Europe/Berlin", "0", "0"], ["Europe/Berlin", "0", "0"]]
    error_message = "two to four tasks by Berlin's clock, and none outside of it"
  }
  assert {
    condition     = aws_ecs_service.main.desired_count == 2 && aws_appautoscaling_target.service.min_capacity == 0 && aws_appautoscaling_target.service.max_capacity == 4
    error_message = "the region begins awake and free to sleep"
  }
  assert {
    condition     = length(aws_lb.main) == 1 && length(aws_cloudformation_stack.edge) == 0 && length(aws_sfn_state_machine.edge) == 0 && length(aws_scheduler_schedule.edge) == 0
    error_message = "the balancer stays Terraform's"
  }
}

run "until_midnight_every_day" {
  command = plan
  variables {
    weekend_days        = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    weekend_hours_start = 22
    weekend_hours_end   = 24
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.up[0].schedule == "cron(0 22,23 ? * MON,TUE,WED,THU,FRI,SAT,SUN *)" && length(aws_appautoscaling_scheduled_action.down_nights) == 1 && length(aws_appautoscaling_scheduled_action.down_other_days) == 0
    error_message = "24 is midnight, and no day is another day"
  }
}

run "with_teardown_the_edge_is_a_stack_and_the_machine_sets_its_phase" {
  command = plan
  variables {
    destroy_albs_when_scaled_down = true
    enable_domain                 = true
    domain_name                   = "example.com"
    hosted_zone_id                = "ZGIVEN"
    weekend_hours_start           = 0
    enable_ipv6                   = true
    waf                           = { enabled = true }
    monitoring                    = { alarms = true }
  }

  assert {
    condition     = length(aws_lb.main) + length(aws_lb_listener.http) + length(aws_lb_listener.https) + length(aws_route53_record.main) + length(aws_wafv2_web_acl_association.main) + length(aws_cloudwatch_metric_alarm.balancer) == 0
    error_message = "one owner: nothing of the edge is Terraform's own"
  }
  assert {
    condition     = length(aws_appautoscaling_scheduled_action.up) + length(aws_appautoscaling_scheduled_action.down_nights) + length(aws_appautoscaling_scheduled_action.down_other_days) == 0
    error_message = "one schedule: the machine moves the tasks as well"
  }
  assert {
    condition     = aws_cloudformation_stack.edge[0].parameters == tomap({ Phase = "open" })
    error_message = "the edge stands when the service is made, and whoever was served before is served on"
  }
  assert {
    condition = { for name, resource in jsondecode(aws_cloudformation_stack.edge[0].template_body).Resources : name => resource.Condition if can(resource.Condition) } == {
      LoadBalancer   = "Stands", HttpListener = "Stands", HttpsListener = "Stands", Firewall = "Stands"
      RecordA        = "IsOpen", RecordAAAA = "IsOpen"
      AlarmTarget5xx = "Stands", AlarmBalancer5xx = "Stands", AlarmUnhealthy = "Stands"
    }
    error_message = "every part of the edge stands in its phase"
  }
  assert {
    condition = [
      for name, resource in jsondecode(aws_cloudformation_stack.edge[0].template_body).Resources : resource.Type if !can(resource.Condition)
    ] == ["AWS::CloudFormation::WaitConditionHandle"]
    error_message = "and the mark of their settings always, so that they can be changed at night"
  }
  assert {
    condition     = jsondecode(aws_cloudformation_stack.edge[0].template_body).Resources.LoadBalancer.Properties.IpAddressType == "dualstack" && jsondecode(aws_cloudformation_stack.edge[0].template_body).Resources.LoadBalancer.Properties.Name == "my-mcp-dev-eu-west-1-alb"
    error_message = "the same balancer that Terraform would make"
  }
  assert {
    condition = { for name, schedule in aws_scheduler_schedule.edge : name => schedule.schedule_expression } == {
      up-lead         = "cron(40 23 ? * FRI,SAT *)"
      up-hours        = "cron(0 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 ? * SAT,SUN *)"
      down-nights     = "cron(0 22,23 ? * SAT,SUN *)"
      down-other-days = "cron(0 * ? * MON,TUE,WED,THU,FRI *)"
    }
    error_message = "the lead of midnight lies on the day before"
  }
  assert {
    condition     = jsondecode(aws_scheduler_schedule.edge["down-nights"].target[0].input) == { phase = "down", by = "schedule" } && aws_scheduler_schedule.edge["down-nights"].target[0].dead_letter_config[0].arn == aws_sqs_queue.missed_schedules[0].arn
    error_message = "the clock says who it is, and what it can't deliver is kept"
  }
  assert {
    condition     = output.load_balancer_dns_name == null && output.application_url == "https://mcp.example.com"
    error_message = "no output changes with the phase"
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.schedule_failed) == 1 && length(aws_cloudwatch_metric_alarm.schedule_missed) == 1
    error_message = "a schedule that fails is heard of"
  }
  assert {
    condition = alltrue([
      for name, state in jsondecode(aws_sfn_state_machine.edge[0].definition).States : state.Type != "Task" || can(state.Retry[0]) || can(state.Catch[0])
    ])
    error_message = "no call that fails once ends the execution"
  }
  assert {
    condition = alltrue(flatten([
      for name, state in jsondecode(aws_sfn_state_machine.edge[0].definition).States : [
        for next in concat(try([state.Next], []), try([state.Default], []), try([for choice in state.Choices : choice.Next], []), try([for catch in state.Catch : catch.Next], [])) :
        contains(keys(jsondecode(aws_sfn_state_machine.edge[0].definition).States), next)
      ]
    ]))
    error_message = "every state leads to one that exists"
  }
}

run "a_schedule_that_fails_is_heard_of_without_other_alarms" {
  command = plan
  variables {
    destroy_albs_when_scaled_down = true
    enable_domain                 = true
    domain_name                   = "example.com"
    hosted_zone_id                = "ZGIVEN"
  }

  assert {
    condition     = length(aws_sns_topic.alarms) == 1 && length(aws_cloudwatch_metric_alarm.schedule_failed) == 1 && length(aws_cloudwatch_event_rule.news) == 0
    error_message = "a topic for the schedule alone"
  }
  assert {
    condition     = aws_scheduler_schedule.edge["up-lead"].schedule_expression == "cron(40 5 ? * SAT,SUN *)"
    error_message = "twenty minutes ahead of six"
  }
}
