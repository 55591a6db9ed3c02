/// The answer to what cannot be served. JSON-RPC wants an `id` of null where the request's own could not be read.
struct ErrorReply: Encodable {
    let id: RequestID?
    let error: Refusal

    private enum Key: String, CodingKey {
        case jsonrpc, id, error
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode("2.0", forKey: .jsonrpc)
        try fields.encode(id, forKey: .id)
        try fields.encode(error, forKey: .error)
    }
}
