import FleetModel

/// Where AWS's public price list has a charge: the offer, and the usage type without the region before it.
package struct PriceListing: Sendable {
    package let charge: Charge
    package let offer: String
    let usageType: String
    /// The operation, where several have the same usage type; nil for any.
    let operation: String?

    private init(_ charge: Charge, _ offer: String, _ usageType: String, operation: String? = nil) {
        self.charge = charge
        self.offer = offer
        self.usageType = usageType
        self.operation = operation
    }

    /// "Finding prices", AWS Price List Bulk API; usage types as AWS's bills have them.
    package static let all: [PriceListing] = [
        PriceListing(.fargateX86CPU, "AmazonECS", "Fargate-vCPU-Hours:perCPU"),
        PriceListing(.fargateX86Memory, "AmazonECS", "Fargate-GB-Hours"),
        PriceListing(.fargateARMCPU, "AmazonECS", "Fargate-ARM-vCPU-Hours:perCPU"),
        PriceListing(.fargateARMMemory, "AmazonECS", "Fargate-ARM-GB-Hours"),
        PriceListing(.balancer, "AWSELB", "LoadBalancerUsage", operation: "LoadBalancing:Application"),
        PriceListing(.balancerCapacity, "AWSELB", "LCUUsage", operation: "LoadBalancing:Application"),
        PriceListing(.publicIPv4, "AmazonVPC", "PublicIPv4:InUseAddress"),
        PriceListing(.endpoint, "AmazonVPC", "VpcEndpoint-Hours", operation: "VpcEndpoint"),
        PriceListing(.logsIngested, "AmazonCloudWatch", "DataProcessing-Bytes", operation: "PutLogEvents"),
        PriceListing(.logsStored, "AmazonCloudWatch", "TimedStorage-ByteHrs", operation: "HourlyStorageMetering"),
        PriceListing(.alarm, "AmazonCloudWatch", "CW:AlarmMonitorUsage"),
        PriceListing(.secret, "AWSSecretsManager", "AWSSecretsManager-Secrets"),
        PriceListing(.key, "awskms", "KMS-Keys"),
        PriceListing(.transferOut, "AWSDataTransfer", "DataTransfer-Out-Bytes"),
    ]

    package static let offers: [String] = all.reduce(into: []) { offers, listing in
        if !offers.contains(listing.offer) { offers.append(listing.offer) }
    }

    /// The path of an offer's document for one region.
    package static func path(offer: String, region: String) -> String {
        "/offers/v1.0/aws/\(offer)/current/\(region)/index.json"
    }

    /// The feed that AWS's Fargate page shows Spot prices from; one document for all regions.
    package static let spotPath = "/fargate-spot-prices.json"
}
