# The bucket that keeps the regions' states, made once for an account. Its own state stays in this folder; should it
# get lost, `terraform import aws_s3_bucket.state NAME` finds the bucket again.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

variable "bucket" {
  description = "The bucket's name, unique in all of AWS, such as my-org-terraform-state."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket is 3 to 63 small letters, digits and hyphens, such as my-org-terraform-state."
  }
}

variable "aws_region" {
  description = "Where the bucket lies. It need not be a region of the fleet."
  type        = string
  default     = "eu-west-1"
}

provider "aws" {
  region = var.aws_region
}

resource "aws_s3_bucket" "state" {
  #checkov:skip=CKV_AWS_18:A log of the accesses would need a second bucket; CloudTrail has them where an audit asks
  #checkov:skip=CKV_AWS_144:A lost region's state is of no use while the region is lost
  #checkov:skip=CKV_AWS_145:S3 encrypts with a key of its own; a state holds no secret value
  #checkov:skip=CKV2_AWS_62:Nobody waits for news of a state
  bucket = var.bucket

  # A state that is gone orphans everything it knew.
  lifecycle {
    prevent_destroy = true
  }
}

# A state that was overwritten by mistake can be had again.
resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket = aws_s3_bucket.state.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.state]
}

output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.state.id
}

output "init" {
  description = "What a region's `terraform init` needs, once backend.tf.example is copied to backend_override.tf."
  value       = "terraform init -backend-config=bucket=${aws_s3_bucket.state.id} -backend-config=region=${var.aws_region} -backend-config=key=PROJECT/ENVIRONMENT/REGION.tfstate"
}
