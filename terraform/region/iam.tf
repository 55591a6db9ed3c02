# Two roles for a task: what ECS may do to start it, and what the server in it may do. Each statement names what it is
# about; where AWS knows nothing narrower than everything, a comment says so.

locals {
  assumed_by = {
    for principal in ["ecs-tasks", "states", "scheduler", "cloudformation"] : principal => jsonencode({
      Version = "2012-10-17"
      Statement = [merge(
        { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${principal}.amazonaws.com" } },
        # Only on behalf of this account: nobody else's task, machine or schedule borrows the role. CloudFormation does
        # not say on whose behalf it comes; it takes roles of a stack's own account only.
        principal == "cloudformation" ? {} : {
          Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
        },
      )]
    })
  }

  # Images that ECR holds need permission; others are pulled without.
  ecr_pattern = "^([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)"
  ecr_images = [
    for image in compact([var.container_image, var.gateway_image]) : regex(local.ecr_pattern, image)
    if can(regex(local.ecr_pattern, image))
  ]
  ecr_repositories = distinct([
    for image in local.ecr_images : "arn:${local.partition}:ecr:${image[1]}:${image[0]}:repository/${image[2]}"
  ])

  execution_secrets = concat(
    length(var.secret.keys) + length(var.gateway.secrets) > 0 ? [local.secret_arn] : [],
    local.has_gateway ? [local.fleet_key_arn] : [],
  )
}

# ---- what ECS does to start a task

resource "aws_iam_role" "ecs_execution" {
  name               = local.names.execution_role
  description        = "Starts tasks: reads their secrets, writes their logs"
  assume_role_policy = local.assumed_by["ecs-tasks"]
}

resource "aws_iam_role_policy" "ecs_execution" {
  name = "start-tasks"
  role = aws_iam_role.ecs_execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "WriteThisLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.main.arn}:*"
      }],
      length(local.execution_secrets) == 0 ? [] : [{
        Sid      = "ReadTheseSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = local.execution_secrets
      }],
      local.has_kms ? [{
        Sid      = "OpenTheSecrets"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = local.kms_key_arn
      }] : [],
      [for statement in [
        {
          Sid      = "PullTheseImages"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = local.ecr_repositories
        },
        {
          Sid      = "EnterTheRegistry"
          Effect   = "Allow"
          Action   = "ecr:GetAuthorizationToken"
          Resource = "*" # the token is for the whole registry; AWS knows no narrower resource
        },
      ] : statement if length(local.ecr_repositories) > 0],
    )
  })
}

# ---- what the server in it may do: nothing, until task.policy_arns says more

resource "aws_iam_role" "ecs_task" {
  name               = local.names.task_role
  description        = "What the server itself may do in AWS"
  assume_role_policy = local.assumed_by["ecs-tasks"]
}

resource "aws_iam_role_policy_attachment" "ecs_task" {
  for_each = toset(var.task.policy_arns)

  role       = aws_iam_role.ecs_task.name
  policy_arn = each.value
}

resource "aws_iam_role_policy" "ecs_task_exec" {
  count = var.task.execute_command ? 1 : 0

  name = "execute-command"
  role = aws_iam_role.ecs_task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid    = "OpenAShell"
          Effect = "Allow"
          Action = [
            "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
          ]
          Resource = "*" # channels have no names; AWS knows no narrower resource
        },
        {
          Sid      = "WriteDownWhatIsTyped"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
          Resource = "${aws_cloudwatch_log_group.main.arn}:*"
        },
        {
          Sid      = "FindTheLog"
          Effect   = "Allow"
          Action   = "logs:DescribeLogGroups"
          Resource = "*" # a listing; AWS knows no narrower resource
        },
      ],
      local.has_kms ? [{
        Sid      = "EncryptTheShell"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = local.kms_key_arn
      }] : [],
    )
  })
}
