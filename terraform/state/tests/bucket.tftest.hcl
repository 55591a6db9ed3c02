# The bucket keeps old states, and keeps them to itself.

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_s3_bucket" {
    defaults = { id = "my-org-terraform-state", arn = "arn:aws:s3:::my-org-terraform-state" }
  }
}

run "versioned_encrypted_private" {
  command = plan
  variables {
    bucket = "my-org-terraform-state"
  }

  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "an overwritten state can be had again"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "encrypted"
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls, aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls, aws_s3_bucket_public_access_block.state.restrict_public_buckets,
    ])
    error_message = "nothing of it is public"
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Effect == "Deny"
    error_message = "nobody reads it in the clear"
  }
}

run "a_name_that_s3_refuses" {
  command = plan
  variables {
    bucket = "My_Bucket"
  }
  expect_failures = [var.bucket]
}
