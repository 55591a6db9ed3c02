/// A region of AWS as the fleet file needs to know it.
struct AWSRegion: Sendable {
    let name: String
    /// The second octet of the region's own `10.x.0.0/16`. A region keeps its number for ever: were it counted
    /// from the file instead, a region added above another would move the other's network.
    let networkNumber: UInt32
    /// The letters of three zones that every account has, or nil where accounts differ.
    let zoneLetters: String?

    init(_ name: String, network: UInt32, zones: String? = "abc") {
        self.name = name
        networkNumber = network
        zoneLetters = zones
    }

    /// Where the VPC lies when the file does not say.
    var standardVPC: CIDRBlock { CIDRBlock(first: 10 << 24 | networkNumber << 16, prefix: 16) }

    /// The zones used when the file does not say.
    var standardZones: [String]? { zoneLetters?.map { "\(name)\($0)" } }

    static func named(_ name: String) -> AWSRegion? { all.first { $0.name == name } }

    /// AWS General Reference, "Regions and Zones". Append here; never renumber.
    static let all: [AWSRegion] = [
        AWSRegion("eu-west-1", network: 10),
        AWSRegion("eu-west-2", network: 11),
        AWSRegion("eu-west-3", network: 12),
        AWSRegion("eu-central-1", network: 13),
        AWSRegion("eu-central-2", network: 14),
        AWSRegion("eu-north-1", network: 15),
        AWSRegion("eu-south-1", network: 16),
        AWSRegion("eu-south-2", network: 17),
        AWSRegion("us-east-1", network: 20),
        AWSRegion("us-east-2", network: 21),
        AWSRegion("us-west-1", network: 22, zones: nil),
        AWSRegion("us-west-2", network: 23),
        AWSRegion("ca-central-1", network: 30, zones: "abd"),
        AWSRegion("ca-west-1", network: 31),
        AWSRegion("mx-central-1", network: 32),
        AWSRegion("sa-east-1", network: 33),
        AWSRegion("ap-northeast-1", network: 40, zones: "acd"),
        AWSRegion("ap-northeast-2", network: 41),
        AWSRegion("ap-northeast-3", network: 42),
        AWSRegion("ap-southeast-1", network: 43),
        AWSRegion("ap-southeast-2", network: 44),
        AWSRegion("ap-southeast-3", network: 45),
        AWSRegion("ap-southeast-4", network: 46),
        AWSRegion("ap-southeast-5", network: 47),
        AWSRegion("ap-southeast-6", network: 48),
        AWSRegion("ap-southeast-7", network: 49),
        AWSRegion("ap-south-1", network: 50),
        AWSRegion("ap-south-2", network: 51),
        AWSRegion("ap-east-1", network: 52),
        AWSRegion("ap-east-2", network: 53),
        AWSRegion("me-south-1", network: 60),
        AWSRegion("me-central-1", network: 61),
        AWSRegion("il-central-1", network: 62),
        AWSRegion("af-south-1", network: 63),
        AWSRegion("us-gov-east-1", network: 70),
        AWSRegion("us-gov-west-1", network: 71),
        AWSRegion("cn-north-1", network: 80, zones: nil),
        AWSRegion("cn-northwest-1", network: 81),
    ]
}
