/// A value that must not be seen: it prints `[redacted]` under `\()`, `debugPrint`, `dump` and reflection.
///
/// It is deliberately not `Encodable`. `reveal()` is the only way out; each call to it is a place to review.
package struct Secret: Sendable, Equatable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The value itself, for the one place that hands it to its owner.
    package func reveal() -> String {
        value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
