# The second of two regions; terraform-eu-west-1.tfvars says more.
project_name    = "my-mcp"
environment     = "dev"
aws_region      = "eu-west-2"
container_image = "ghcr.io/my-org/my-mcp:1.0"

vpc_cidr           = "10.11.0.0/16"
availability_zones = ["eu-west-2a", "eu-west-2b", "eu-west-2c"]
subnet_cidrs       = ["10.11.0.0/20", "10.11.16.0/20", "10.11.32.0/20"]

enable_domain  = true
domain_name    = "example.com"
subdomain      = "mcp"
hosted_zone_id = "Z0123456789ABCDEFGHIJ"
certificate    = { owns_validation_record = false } # eu-west-1 owns it; its apply must have begun
