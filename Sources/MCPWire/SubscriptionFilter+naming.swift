import NIOCore

/// The name of a stream in what it carries.
extension SubscriptionFilter {
    /// A notification as the stream `id` carries it.
    package static func named(_ text: ByteBuffer, after id: MessageID) -> ByteBuffer {
        guard let whole = JSONObject(in: text) else { return text }
        var edit = JSONEdit()
        if let params = whole.object("params", in: text) {
            if let meta = params.object("_meta", in: text) {
                if let range = meta[ModernRequest.MetaKey.subscriptionID] {
                    edit.replace(range, with: id.json.utf8)
                } else {
                    edit.insert(tag(id), into: meta)
                }
            } else if params["_meta"] == nil {
                edit.insert(#""_meta":{\#(tag(id))}"#, into: params)
            }
        } else if whole["params"] == nil {
            edit.insert(#""params":{"_meta":{\#(tag(id))}}"#, into: whole)
        }
        return edit.applied(to: text)
    }

    /// A notification without the name of the stream that carried it.
    package static func unnamed(_ text: ByteBuffer) -> ByteBuffer {
        let params = JSONObject(in: text)?.object("params", in: text)
        guard let meta = params?.object("_meta", in: text) else { return text }
        var edit = JSONEdit()
        edit.remove(ModernRequest.MetaKey.subscriptionID, from: meta, in: text)
        return edit.applied(to: text)
    }
}
