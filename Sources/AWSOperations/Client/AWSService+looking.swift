/// The services that only the verbs ask that look.
extension AWSService {
    package static let logs = AWSService("logs", variable: "CLOUDWATCH_LOGS", .json(target: "Logs_20140328"))
    package static let identity = AWSService("sts", variable: "STS", .query(version: "2011-06-15"))
    package static let network = AWSService("ec2", variable: "EC2", .ec2(version: "2016-11-15"))
    package static let permissions = AWSService(
        "iam", variable: "IAM", .query(version: "2010-05-08"), isGlobal: true)
    package static let quotas = AWSService(
        "servicequotas", variable: "SERVICE_QUOTAS", .json(target: "ServiceQuotasV20190624"))
    package static let names = AWSService("route53", variable: "ROUTE_53", .rest, isGlobal: true)
    package static let objectStore = AWSService("s3", variable: "S3", .rest)
}
