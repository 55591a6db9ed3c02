/// Where an image of Elastic Container Registry lives: `123456789012.dkr.ecr.eu-west-1.amazonaws.com`.
struct ElasticRegistry: Equatable {
    let account: String
    let region: String

    /// nil for the host of another registry.
    init?(_ host: String) {
        let labels = host.split(separator: ".").map(String.init)
        guard labels.count >= 6, labels[0].count == 12, labels[0].allSatisfy(\.isNumber), labels[1] == "dkr",
            labels[2] == "ecr" || labels[2] == "ecr-fips", labels[4] == "amazonaws", labels[5] == "com"
        else { return nil }
        account = labels[0]
        region = labels[3]
    }
}
