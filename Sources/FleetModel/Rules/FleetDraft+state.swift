extension FleetDraft {
    /// - Parameter first: the first region of the file, where a bucket lies of which nothing else is said.
    func resolvedState(first: Region) -> StatePlace {
        guard let bucket = state.text(.bucket)?.value else { return .files }
        return .bucket(bucket, region: state.text(.bucketRegion)?.value ?? first.name)
    }

    var stateFindings: [Finding] {
        var findings: [Finding] = []
        if let bucket = state.text(.bucket), !BucketName.isValid(bucket.value) {
            findings.append(
                Finding(
                    bucket, "is not the name of a bucket: \(bucket.value)",
                    hint: "write \(BucketName.rule), such as my-org-terraform-state"
                )
            )
        }
        if let region = state.text(.bucketRegion), AWSRegion.named(region.value) == nil {
            let nearest = Spelling.nearest(to: region.value, among: AWSRegion.all.map(\.name)).map {
                "did you mean \($0)?"
            }
            findings.append(
                Finding(
                    region, "is not a region of AWS: \(region.value)", hint: nearest ?? "write one such as eu-west-1"
                )
            )
        }
        return findings
    }
}
