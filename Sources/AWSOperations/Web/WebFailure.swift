/// Why a server elsewhere gave no answer, in words for the operator.
package struct WebFailure: Error, Equatable, Sendable {
    package let words: String
    /// Whether the server may have had the request, and acted on it.
    package let mayHaveHappened: Bool

    package init(_ words: String, mayHaveHappened: Bool) {
        self.words = words
        self.mayHaveHappened = mayHaveHappened
    }
}
