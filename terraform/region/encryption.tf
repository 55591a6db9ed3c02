# A key of one's own, for those who must have one: encryption.enabled makes it, encryption.kms_key_arn brings it.
# Without either AWS encrypts with keys of its own, which costs nothing.

locals {
  has_kms     = var.encryption.enabled
  kms_key_arn = local.has_kms ? coalesce(var.encryption.kms_key_arn, one(aws_kms_key.main[*].arn)) : null
}

resource "aws_kms_key" "main" {
  count = local.has_kms && var.encryption.kms_key_arn == null ? 1 : 0

  description             = "Secrets, logs and alarms of ${local.stem}"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TheAccountDecides"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*" # in a key's policy this is the key itself
      },
      {
        Sid       = "LogsOfThisStem"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.aws_region}.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = "*" # in a key's policy this is the key itself
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${var.aws_region}:${local.account_id}:log-group:*${local.stem}*"
          }
        }
      },
      {
        Sid       = "AlarmsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "scheduler.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*" # in a key's policy this is the key itself
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        # EventBridge documents no condition for the keys of topics.
        Sid       = "Events"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*" # in a key's policy this is the key itself
      },
    ]
  })
}
