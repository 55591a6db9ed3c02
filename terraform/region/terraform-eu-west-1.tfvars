# The first of two regions. It owns what a domain has once: the proof for the certificates.
project_name    = "my-mcp"
environment     = "dev"
aws_region      = "eu-west-1"
container_image = "ghcr.io/my-org/my-mcp:1.0"

vpc_cidr           = "10.10.0.0/16"
availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
subnet_cidrs       = ["10.10.0.0/20", "10.10.16.0/20", "10.10.32.0/20"]

# Both regions answer to mcp.example.com, and Route 53 sends a client to the nearer one. Write a zone you own, with its
# id: `aws route53 list-hosted-zones` shows both.
enable_domain  = true
domain_name    = "example.com"
subdomain      = "mcp"
hosted_zone_id = "Z0123456789ABCDEFGHIJ"
certificate    = { owns_validation_record = true }
