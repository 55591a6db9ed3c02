# The certificate of the public name. Each region has one of its own, because a balancer takes only its own region's.

locals {
  makes_certificate = local.has_domain && var.certificate.arn == null
  certificate_arn = local.has_domain ? coalesce(
    var.certificate.arn,
    one(aws_acm_certificate_validation.main[*].certificate_arn)
  ) : null
}

resource "aws_acm_certificate" "main" {
  count = local.makes_certificate ? 1 : 0

  domain_name       = local.fqdn
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# An account has one proof for a name, whichever region asks. Were every region to own it, removing one region would
# end the renewals of all. One region owns it; the others wait for it.
resource "aws_route53_record" "certificate_validation" {
  count = local.makes_certificate && var.certificate.owns_validation_record ? 1 : 0

  zone_id = local.hosted_zone_id
  name    = one(aws_acm_certificate.main[0].domain_validation_options).resource_record_name
  type    = one(aws_acm_certificate.main[0].domain_validation_options).resource_record_type
  records = [one(aws_acm_certificate.main[0].domain_validation_options).resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "main" {
  count = local.makes_certificate ? 1 : 0

  certificate_arn = aws_acm_certificate.main[0].arn

  depends_on = [aws_route53_record.certificate_validation]
}
