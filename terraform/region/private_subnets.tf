# Tasks without public addresses, for those who must have it. They need a way out: a NAT gateway, or endpoints for the
# AWS services a task starts with. Either costs more than the addresses it saves (docs/cost.md).

locals {
  private_zones = local.tasks_are_private ? local.availability_zones : []
  uses_nat      = local.tasks_are_private && var.private_subnets.egress == "nat"
  # From the VPC's middle, of the public subnets' size.
  private_cidrs = coalesce(
    var.private_subnets.cidrs,
    [for index, zone in local.availability_zones : cidrsubnet(local.vpc_cidr, local.subnet_bits, index + pow(2, local.subnet_bits - 1))]
  )

  endpoint_services = local.tasks_are_private && !local.uses_nat ? concat(
    ["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
    var.task.execute_command ? ["ssmmessages"] : [],
  ) : []
}

resource "aws_subnet" "private" {
  count = length(local.private_zones)

  vpc_id            = aws_vpc.main.id
  cidr_block        = local.private_cidrs[count.index]
  availability_zone = local.private_zones[count.index]

  tags = { Name = "${local.stem}-private-${local.private_zones[count.index]}" }
}

resource "aws_route_table" "private" {
  count = local.tasks_are_private ? 1 : 0

  vpc_id = aws_vpc.main.id

  dynamic "route" {
    for_each = aws_nat_gateway.main
    content {
      cidr_block     = "0.0.0.0/0"
      nat_gateway_id = route.value.id
    }
  }

  tags = { Name = "${local.stem}-private" }
}

resource "aws_route_table_association" "private" {
  count = length(local.private_zones)

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[0].id
}

# One for all zones: a zone that fails takes the others' way out with it, at a third of the price.
resource "aws_eip" "nat" {
  #checkov:skip=CKV2_AWS_19:It belongs to the NAT gateway, not to an instance
  count = local.uses_nat ? 1 : 0

  domain = "vpc"
  tags   = { Name = "${local.stem}-nat" }

  depends_on = [aws_internet_gateway.main]
}

resource "aws_nat_gateway" "main" {
  count = local.uses_nat ? 1 : 0

  allocation_id = aws_eip.nat[0].id
  subnet_id     = aws_subnet.public[0].id

  tags = { Name = "${local.stem}-nat" }

  depends_on = [aws_internet_gateway.main, aws_route_table_association.public]
}

resource "aws_security_group" "endpoints" {
  count = length(local.endpoint_services) > 0 ? 1 : 0

  name        = "${local.stem}-endpoints-sg"
  description = "Endpoints: tasks in"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.stem}-endpoints-sg" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count = length(local.endpoint_services) > 0 ? 1 : 0

  security_group_id            = aws_security_group.endpoints[0].id
  description                  = "Tasks"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.ecs_tasks.id
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(local.endpoint_services)

  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.${var.aws_region}.${each.value}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints[0].id]
  private_dns_enabled = true

  tags = { Name = "${local.stem}-${each.value}" }
}

# The layers of images lie in S3. This kind of endpoint is free.
resource "aws_vpc_endpoint" "s3" {
  count = length(local.endpoint_services) > 0 ? 1 : 0

  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.${var.aws_region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private[0].id]

  tags = { Name = "${local.stem}-s3" }
}
