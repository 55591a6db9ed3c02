# What the state machine of edge-machine.tf may do, and nothing else.

resource "aws_iam_role" "machine" {
  count = local.edge_is_scheduled ? 1 : 0

  name               = local.names.machine_role
  description        = "Opens and closes the edge"
  assume_role_policy = local.assumed_by["states"]
}

resource "aws_iam_role_policy" "machine" {
  #checkov:skip=CKV_AWS_290:The one write without a resource is the delivery of logs, for which AWS knows none
  #checkov:skip=CKV_AWS_355:The same, and two listings
  count = local.edge_is_scheduled ? 1 : 0

  name = "move-the-edge"
  role = aws_iam_role.machine[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "SetThePhase"
          Effect   = "Allow"
          Action   = ["cloudformation:DescribeStacks", "cloudformation:UpdateStack"]
          Resource = "arn:${local.partition}:cloudformation:${var.aws_region}:${local.account_id}:stack/${local.names.stack}/*"
        },
        {
          Sid      = "LookForOthers"
          Effect   = "Allow"
          Action   = "states:ListExecutions"
          Resource = local.machine_arn
        },
        {
          Sid      = "SetTheRange"
          Effect   = "Allow"
          Action   = "application-autoscaling:RegisterScalableTarget"
          Resource = "arn:${local.partition}:application-autoscaling:${var.aws_region}:${local.account_id}:scalable-target/*"
          Condition = {
            StringEquals = {
              "application-autoscaling:service-namespace"  = "ecs"
              "application-autoscaling:scalable-dimension" = "ecs:service:DesiredCount"
            }
          }
        },
        {
          # Registering a range needs the caller's right to the service too.
          Sid      = "CountTheTasks"
          Effect   = "Allow"
          Action   = ["ecs:DescribeServices", "ecs:UpdateService"]
          Resource = aws_ecs_service.main.id
        },
        {
          Sid    = "LookAround"
          Effect = "Allow"
          Action = [
            "application-autoscaling:DescribeScalableTargets", "cloudwatch:DescribeAlarms",
            "elasticloadbalancing:DescribeTargetHealth",
          ]
          Resource = "*" # reading only; AWS knows no narrower resource for any of them
        },
        {
          Sid    = "WriteItsLog"
          Effect = "Allow"
          Action = [
            "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
            "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
          ]
          Resource = "*" # deliveries have no names; AWS knows no narrower resource
        },
      ],
      local.has_kms ? [{
        Sid      = "EncryptItsHistory"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = local.kms_key_arn
      }] : [],
    )
  })
}
