/// A JSON-RPC id or a progress token: a string or a number, never equal across the two kinds.
///
/// Strings are held unescaped, because a server may write `"\u00e9"` where the client wrote `"é"`. Numbers are
/// held as they were written: the gateway compares them, it never computes with them.
package enum MessageID: Hashable, Sendable {
    case text(String)
    case number(String)

    /// The id as JSON, for the messages the gateway writes itself.
    package var json: String {
        switch self {
        case .text(let text): JSONText.quoted(text)
        case .number(let digits): digits
        }
    }

    /// Scalar by scalar: to `String` an "é" is also an "e" with an accent after it, to a JSON-RPC peer they are two ids.
    package static func == (one: MessageID, other: MessageID) -> Bool {
        switch (one, other) {
        case (.text(let one), .text(let other)), (.number(let one), .number(let other)):
            one.utf8.elementsEqual(other.utf8)
        case (.text, .number), (.number, .text): false
        }
    }
}
