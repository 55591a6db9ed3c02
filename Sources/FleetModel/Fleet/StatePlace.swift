/// Where Terraform keeps what it made.
package enum StatePlace: Equatable, Sendable {
    /// Files beside the fleet file: for one person, and for trying things out.
    case files
    /// An S3 bucket, with a lock beside each state.
    case bucket(String, region: String)
}

extension StatePlace: Encodable {
    private enum CodingKeys: String, CodingKey {
        case bucket, bucketRegion
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        guard case .bucket(let bucket, let region) = self else { return }
        try fields.encode(bucket, forKey: .bucket)
        try fields.encode(region, forKey: .bucketRegion)
    }
}
