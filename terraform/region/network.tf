# The network: a VPC of the region's own, a public subnet in each zone and one way out.

locals {
  # The second octet of the region's own 10.x.0.0/16, so that no two regions ever collide and could be peered.
  # A region keeps its number for ever. The fleet file uses the same table.
  network_numbers = {
    "eu-west-1"      = 10, "eu-west-2" = 11, "eu-west-3" = 12, "eu-central-1" = 13, "eu-central-2" = 14
    "eu-north-1"     = 15, "eu-south-1" = 16, "eu-south-2" = 17
    "us-east-1"      = 20, "us-east-2" = 21, "us-west-1" = 22, "us-west-2" = 23
    "ca-central-1"   = 30, "ca-west-1" = 31, "mx-central-1" = 32, "sa-east-1" = 33
    "ap-northeast-1" = 40, "ap-northeast-2" = 41, "ap-northeast-3" = 42, "ap-southeast-1" = 43
    "ap-southeast-2" = 44, "ap-southeast-3" = 45, "ap-southeast-4" = 46, "ap-southeast-5" = 47
    "ap-southeast-6" = 48, "ap-southeast-7" = 49, "ap-south-1" = 50, "ap-south-2" = 51
    "ap-east-1"      = 52, "ap-east-2" = 53
    "me-south-1"     = 60, "me-central-1" = 61, "il-central-1" = 62, "af-south-1" = 63
  }
  # Zones that every account has. In the regions named here the first three letters are not a, b and c.
  zone_letters = { "ca-central-1" = ["a", "b", "d"], "ap-northeast-1" = ["a", "c", "d"] }

  vpc_cidr = coalesce(var.vpc_cidr, "10.${lookup(local.network_numbers, var.aws_region, 99)}.0.0/16")
  availability_zones = coalesce(
    var.availability_zones,
    [for letter in lookup(local.zone_letters, var.aws_region, ["a", "b", "c"]) : "${var.aws_region}${letter}"]
  )
  # A sixteenth of the VPC for each zone, but /27 at the smallest, because balancers take nothing smaller. Private
  # subnets begin at the VPC's middle.
  subnet_bits = min(4, 27 - tonumber(split("/", local.vpc_cidr)[1]))
  subnet_cidrs = coalesce(
    var.subnet_cidrs,
    [for index, zone in local.availability_zones : cidrsubnet(local.vpc_cidr, local.subnet_bits, index)]
  )

  tasks_are_private = var.private_subnets.enabled
  task_subnet_ids   = local.tasks_are_private ? aws_subnet.private[*].id : aws_subnet.public[*].id
}

resource "aws_vpc" "main" {
  #checkov:skip=CKV2_AWS_11:Flow logs cost more than the rest of the network; add them where an audit asks for them
  cidr_block                       = local.vpc_cidr
  enable_dns_hostnames             = true # Cloud Map's private names need both
  enable_dns_support               = true
  assign_generated_ipv6_cidr_block = var.enable_ipv6

  tags = { Name = "${local.stem}-vpc" }

  lifecycle {
    precondition {
      condition     = length(local.subnet_cidrs) == length(local.availability_zones)
      error_message = "subnet_cidrs and availability_zones differ in length: write one block for each zone."
    }
    precondition {
      condition     = var.vpc_cidr != null || contains(keys(local.network_numbers), var.aws_region)
      error_message = "This region has no address range of its own yet: write vpc_cidr, such as 10.200.0.0/16."
    }
  }
}

resource "aws_subnet" "public" {
  #checkov:skip=CKV_AWS_130:Public addresses are the cheap way out: 7.30 a month for two tasks, against 35 for a NAT gateway
  count = length(local.availability_zones)

  vpc_id                          = aws_vpc.main.id
  cidr_block                      = local.subnet_cidrs[count.index]
  availability_zone               = local.availability_zones[count.index]
  map_public_ip_on_launch         = true
  ipv6_cidr_block                 = var.enable_ipv6 ? cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, count.index) : null
  assign_ipv6_address_on_creation = var.enable_ipv6

  tags = { Name = "${local.stem}-public-${local.availability_zones[count.index]}" }
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

  tags = { Name = "${local.stem}-igw" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }

  dynamic "route" {
    for_each = var.enable_ipv6 ? ["::/0"] : []
    content {
      ipv6_cidr_block = route.value
      gateway_id      = aws_internet_gateway.main.id
    }
  }

  tags = { Name = "${local.stem}-public" }
}

resource "aws_route_table_association" "public" {
  count = length(local.availability_zones)

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

# Every VPC comes with a group that lets all its members talk to each other. Nothing uses it; it is emptied.
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id

  tags = { Name = "${local.stem}-unused" }
}
