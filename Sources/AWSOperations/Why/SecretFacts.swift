/// Whether the values are there that a task needs before it starts.
package struct SecretFacts: Sendable, Equatable {
    package var missingKeys: [String] = []
    package var isFleetKeyMissing = false
    /// The secret holds something that is not a JSON object of texts.
    package var isUnreadable = false

    package init() {}
}
