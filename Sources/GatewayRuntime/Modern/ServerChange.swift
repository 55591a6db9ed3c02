import MCPWire
import NIOCore

/// A list or a resource of the server that changed, as its notification tells: what `subscriptions/listen` streams carry.
struct ServerChange {
    /// Bytes of a change, in base64url, that replicas tell each other.
    private static let longest = 4096

    private let text: ByteBuffer
    let method: String
    private let uri: String?

    /// - Parameter message: `nil` where it is no such notification.
    init?(_ message: ScannedMessage) {
        method = message.envelope.method.name
        guard message.envelope.kind == .notification else { return nil }
        guard method == "notifications/resources/updated" || SubscriptionFilter.all.carries(method, uri: nil) else {
            return nil
        }
        text = SubscriptionFilter.unnamed(message.bytes)
        uri = message.uri
    }

    /// Reads what `told` wrote. A replica of another version may know changes that this one does not: `nil`.
    init?(told change: String) {
        guard let bytes = Base64URL.decode(change) else { return nil }
        do throws(MessageScanner.Refusal) {
            self.init(try ScannedMessage(scanning: ByteBuffer(bytes: bytes)))
        } catch {
            return nil
        }
    }

    /// The change as a header's value; `nil` where it would be too long for one.
    var told: String? {
        let change = Base64URL.encode(Array(text.readableBytesView))
        return change.utf8.count <= Self.longest ? change : nil
    }

    var isOfTools: Bool { method == "notifications/tools/list_changed" }

    func concerns(_ filter: SubscriptionFilter) -> Bool { filter.carries(method, uri: uri) }

    /// The notification on the stream of that name.
    func named(after id: MessageID) -> ByteBuffer { SubscriptionFilter.named(text, after: id) }
}
