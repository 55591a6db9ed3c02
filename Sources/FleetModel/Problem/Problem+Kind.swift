extension Problem {
    /// The stable word a program reads to tell problems apart; it is part of the `--json` answer.
    package enum Kind: String, Encodable, Sendable, CaseIterable {
        case syntax
        case duplicateKey = "duplicate-key"
        case unknownKey = "unknown-key"
        case misplacedKey = "misplaced-key"
        case missingKey = "missing-key"
        case wrongType = "wrong-type"
        case invalidValue = "invalid-value"
        case conflict
        case secretInFile = "secret-in-file"
        case fileMissing = "file-missing"
        case fileExists = "file-exists"
        case fileUnusable = "file-unusable"
        case usage
        case notFound = "not-found"
        case refused
        case unavailable
        case interrupted
        /// AWS took it on and it did not come to pass, such as a deployment that ECS went back from.
        case failed
        case defect
    }
}
