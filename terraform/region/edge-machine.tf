# The machine that opens the edge before the hours and closes it after. It is made of SDK calls; there is no code and
# no runtime to look after.
#
# It reads how the world is, does the one next step, and reads again, until the world is as asked:
#
#            up                                     down
#   closed   make the balancer                      tasks to zero; done
#   edge     tasks up, wait for health, open name   wait until the name is forgotten, tasks to zero, remove balancer
#   open     tasks up; done                         take the name away
#
# So an execution that was interrupted half-way is finished by the next one, and one too many does nothing. Two at a
# time can't happen: the younger waits for the older.

locals {
  machine_arn = "arn:${local.partition}:states:${var.aws_region}:${local.account_id}:stateMachine:${local.names.machine}"

  scalable_target = {
    ServiceNamespace  = "ecs"
    ScalableDimension = "ecs:service:DesiredCount"
    ResourceId        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.main.name}"
  }

  # Throttling and hiccups pass; what lasts for minutes is a failure and rings the alarm.
  patience = [{
    ErrorEquals     = ["States.TaskFailed"]
    IntervalSeconds = 5
    BackoffRate     = 2
    MaxAttempts     = 5
  }]

  # One step of the stack. A refusal is no reason to repeat it blindly: the stack may be busy with an apply, or have
  # taken a first call whose answer was lost. Looking again says which, and whether the step is still to be made.
  step_to = {
    for phase in ["closed", "edge", "open"] : phase => {
      Type     = "Task"
      Resource = "arn:${local.partition}:states:::aws-sdk:cloudformation:updateStack"
      Arguments = {
        StackName           = local.names.stack
        UsePreviousTemplate = true
        Parameters          = [{ ParameterKey = "Phase", ParameterValue = phase }]
      }
      Assign = { asked = true }
      Catch = [{
        ErrorEquals = ["States.ALL"]
        Assign = {
          refusals = "{% $refusals + 1 %}"
          refusal  = "{% $states.errorOutput.Cause %}"
        }
        Next = "WasItRefusedTooOften"
      }]
      Next = "WaitForEdge"
    }
  }

  machine = {
    Comment       = "Opens and closes the edge of ${local.stem}. Input: {\"phase\": \"up\" or \"down\", \"by\": \"schedule\" or \"operator\"}"
    QueryLanguage = "JSONata"
    # Below an hour: the next full hour starts another one.
    TimeoutSeconds = 3300
    StartAt        = "CheckInput"

    States = {
      CheckInput = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $states.input.phase in ['up', 'down'] %}", Next = "LookForOthers" }]
        Default = "NoSuchPhase"
      }
      NoSuchPhase = { Type = "Fail", Error = "NoSuchPhase", Cause = "The input is {\"phase\": \"up\"} or {\"phase\": \"down\"}." }

      # ---- one at a time

      LookForOthers = {
        Type      = "Task"
        Resource  = "arn:${local.partition}:states:::aws-sdk:sfn:listExecutions"
        Arguments = { StateMachineArn = local.machine_arn, StatusFilter = "RUNNING" }
        Assign = {
          # The newest comes first. The list lags a little, so it may even miss the execution that asks.
          oldest = "{% $count($states.result.Executions) = 0 ? '' : $states.result.Executions[-1].ExecutionArn %}"
          goal   = "{% $states.context.Execution.Input.phase %}"
          by     = "{% $exists($states.context.Execution.Input.by) ? $states.context.Execution.Input.by : 'operator' %}"
          asked  = false
          looks  = 0
          # Steps that CloudFormation refused, and its latest words.
          refusals = 0
          refusal  = ""
        }
        Retry = local.patience
        Next  = "IsItMyTurn"
      }
      IsItMyTurn = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $oldest = $states.context.Execution.Id %}", Next = "LookForPause" }]
        Default = "WaitForTurn"
      }
      WaitForTurn = { Type = "Wait", Seconds = 20, Next = "LookForOthers" }

      # ---- an operator who suspended scheduled scaling has said: leave it as it is

      LookForPause = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:applicationautoscaling:describeScalableTargets"
        Arguments = {
          ServiceNamespace  = local.scalable_target.ServiceNamespace
          ScalableDimension = local.scalable_target.ScalableDimension
          ResourceIds       = [local.scalable_target.ResourceId]
        }
        Assign = {
          paused = "{% $states.result.ScalableTargets[0].SuspendedState.ScheduledScalingSuspended = true %}"
        }
        Retry = local.patience
        Next  = "IsItPaused"
      }
      IsItPaused = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $paused and $by = 'schedule' %}", Next = "Paused" }]
        Default = "LookAtEdge"
      }
      Paused = { Type = "Succeed" }

      # ---- how the world is

      LookAtEdge = {
        Type      = "Task"
        Resource  = "arn:${local.partition}:states:::aws-sdk:cloudformation:describeStacks"
        Arguments = { StackName = local.names.stack }
        Assign = {
          status = "{% $states.result.Stacks[0].StackStatus %}"
          phase  = "{% $states.result.Stacks[0].Parameters[ParameterKey = 'Phase'].ParameterValue %}"
        }
        Retry = local.patience
        Next  = "IsEdgeSettled"
      }
      IsEdgeSettled = {
        Type = "Choice"
        Choices = [
          { Condition = "{% $contains($status, 'IN_PROGRESS') %}", Next = "WaitForEdge" },
          { Condition = "{% $contains($status, 'FAILED') %}", Next = "EdgeIsStuck" },
          # An earlier roll-back is no obstacle; one of the step just taken is.
          { Condition = "{% $asked and $contains($status, 'ROLLBACK') %}", Next = "EdgeIsStuck" },
        ]
        Default = "Decide"
      }
      WaitForEdge = { Type = "Wait", Seconds = 10, Next = "LookAtEdge" }
      WasItRefusedTooOften = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $refusals >= 6 %}", Next = "EdgeIsStuck" }]
        Default = "WaitForEdge"
      }
      EdgeIsStuck = {
        Type  = "Fail"
        Error = "EdgeIsStuck"
        Cause = "{% 'The stack ${local.names.stack} is in ' & $status & ': its events say why. The next full hour tries again. ' & $refusal %}"
      }

      # ---- the table at the top of this file

      Decide = {
        Type = "Choice"
        Choices = [
          { Condition = "{% $goal = 'up' and $phase = 'closed' %}", Next = "MakeBalancer" },
          { Condition = "{% $goal = 'up' %}", Next = "RaiseTasks" },
          { Condition = "{% $phase = 'open' %}", Next = "TakeNameAway" },
          { Condition = "{% $phase = 'edge' %}", Next = "WaitUntilForgotten" },
        ]
        Default = "LowerTasks"
      }
      MakeBalancer = local.step_to.edge
      TakeNameAway = local.step_to.edge

      # ---- up

      RaiseTasks = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:applicationautoscaling:registerScalableTarget"
        Arguments = merge(local.scalable_target, {
          MinCapacity = var.desired_count
          MaxCapacity = local.max_count
        })
        Retry = local.patience
        Next  = "IsItOpen"
      }
      IsItOpen = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $phase = 'open' %}", Next = "Done" }]
        Default = "LookAtTargets"
      }
      # The name is only pointed at something that answers.
      LookAtTargets = {
        Type      = "Task"
        Resource  = "arn:${local.partition}:states:::aws-sdk:elasticloadbalancingv2:describeTargetHealth"
        Arguments = { TargetGroupArn = aws_lb_target_group.main.arn }
        Assign = {
          healthy = "{% $count($states.result.TargetHealthDescriptions[TargetHealth.State = 'healthy']) %}"
          looks   = "{% $looks + 1 %}"
        }
        Retry = local.patience
        Next  = "IsOneHealthy"
      }
      IsOneHealthy = {
        Type = "Choice"
        Choices = [
          { Condition = "{% $healthy >= ${min(1, var.desired_count)} %}", Next = "PointTheName" },
          { Condition = "{% $looks >= 60 %}", Next = "NobodyIsHealthy" },
        ]
        Default = "WaitForHealth"
      }
      WaitForHealth = { Type = "Wait", Seconds = 15, Next = "LookAtTargets" }
      NobodyIsHealthy = {
        Type  = "Fail"
        Error = "NobodyIsHealthy"
        Cause = "After 15 minutes no task of ${local.names.service} answers its health check, so the name stays where it is. The events of the service say why."
      }
      PointTheName = local.step_to.open

      # ---- down

      # Route 53 gives aliases of balancers a minute to live.
      WaitUntilForgotten = { Type = "Wait", Seconds = 60, Next = "LowerTasks" }
      LowerTasks = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:applicationautoscaling:registerScalableTarget"
        Arguments = merge(local.scalable_target, {
          MinCapacity = 0
          MaxCapacity = 0
        })
        Retry = local.patience
        Next  = "LookAtTasks"
      }
      LookAtTasks = {
        Type      = "Task"
        Resource  = "arn:${local.partition}:states:::aws-sdk:ecs:describeServices"
        Arguments = { Cluster = aws_ecs_cluster.main.name, Services = [aws_ecs_service.main.name] }
        Assign = {
          running = "{% $states.result.Services[0].RunningCount %}"
          looks   = "{% $looks + 1 %}"
        }
        Retry = local.patience
        Next  = "AreTasksGone"
      }
      AreTasksGone = {
        Type = "Choice"
        Choices = [
          { Condition = "{% $running = 0 and $phase = 'closed' %}", Next = "Done" },
          { Condition = "{% $running = 0 %}", Next = "RemoveBalancer" },
          { Condition = "{% $looks >= 60 %}", Next = "TasksStay" },
        ]
        Default = "WaitForTasks"
      }
      WaitForTasks = { Type = "Wait", Seconds = 15, Next = "LookAtTasks" }
      TasksStay = {
        Type  = "Fail"
        Error = "TasksStay"
        Cause = "After 15 minutes tasks of ${local.names.service} still run, so the balancer stays too. The events of the service say why."
      }
      RemoveBalancer = local.step_to.closed

      Done = { Type = "Succeed" }
    }
  }
}

resource "aws_sfn_state_machine" "edge" {
  #checkov:skip=CKV_AWS_284:The history of a standard execution is its trace
  count = local.edge_is_scheduled ? 1 : 0

  name       = local.names.machine
  role_arn   = aws_iam_role.machine[0].arn
  type       = "STANDARD"
  definition = jsonencode(local.machine)

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = true # phases and ARNs; nothing in it is secret
    log_destination        = "${aws_cloudwatch_log_group.machine[0].arn}:*"
  }

  dynamic "encryption_configuration" {
    for_each = local.has_kms ? [local.kms_key_arn] : []
    content {
      type       = "CUSTOMER_MANAGED_KMS_KEY"
      kms_key_id = encryption_configuration.value
    }
  }

  depends_on = [aws_iam_role_policy.machine]
}

resource "aws_cloudwatch_log_group" "machine" {
  #checkov:skip=CKV_AWS_338:As long as the tasks' log; monitoring.log_retention_days keeps both for longer
  #checkov:skip=CKV_AWS_158:CloudWatch encrypts with a key of its own; encryption.enabled uses one of yours
  count = local.edge_is_scheduled ? 1 : 0

  # AWS shortens the resource policy it needs only for logs below this path.
  name              = "/aws/vendedlogs/states/${local.names.machine}"
  retention_in_days = var.monitoring.log_retention_days
  kms_key_id        = local.kms_key_arn
}
