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
}
