# Where secrets are kept. Terraform makes the place and never sees the value: there is no variable for it, no version
# in the state, and a plan needs no permission to read one. The operator puts the value in (docs/operations.md).

locals {
  secret_arn    = try(coalesce(var.secret.existing_arn, one(aws_secretsmanager_secret.api_key[*].arn)), null)
  fleet_key_arn = local.has_gateway ? coalesce(var.gateway.fleet_key_arn, one(aws_secretsmanager_secret.fleet_key[*].arn)) : null
}

# A JSON object; each of secret.keys becomes an environment variable of the server.
resource "aws_secretsmanager_secret" "api_key" {
  #checkov:skip=CKV2_AWS_57:Rotation needs a function that knows the API the key is for; `slipway secret set` asks a person
  #checkov:skip=CKV_AWS_149:Secrets Manager encrypts with a key of its own; encryption.enabled uses one of yours
  count = length(var.secret.keys) + length(var.gateway.secrets) > 0 && var.secret.existing_arn == null ? 1 : 0

  # A prefix, because a removed secret keeps its name for the length of its recovery window.
  name_prefix             = local.names.api_key
  description             = "API_KEY and other secrets of ${local.stem}, as a JSON object"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.secret.recovery_window_in_days

  dynamic "replica" {
    for_each = var.secret.replica_regions
    content {
      region = replica.value
    }
  }
}

# The key that seals session ids. Every replica has the same one; give every region the same one, and a session
# survives its region.
resource "aws_secretsmanager_secret" "fleet_key" {
  #checkov:skip=CKV2_AWS_57:Two keys overlap while one replaces the other (docs/gateway.md), which no rotation function does
  #checkov:skip=CKV_AWS_149:Secrets Manager encrypts with a key of its own; encryption.enabled uses one of yours
  count = local.has_gateway && var.gateway.fleet_key_arn == null ? 1 : 0

  name_prefix             = local.names.fleet_key
  description             = "The key that seals the session ids of ${local.stem}"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.secret.recovery_window_in_days

  dynamic "replica" {
    for_each = var.secret.replica_regions
    content {
      region = replica.value
    }
  }
}
