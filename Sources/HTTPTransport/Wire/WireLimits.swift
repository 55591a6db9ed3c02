/// How much a head may hold. Trailers are held to the same.
package struct WireLimits: Equatable, Sendable {
    /// Bytes of all its lines.
    package var bytes: Int
    package var fields: Int

    package init(bytes: Int, fields: Int) {
        self.bytes = bytes
        self.fields = fields
    }

    /// Of a line that gives a chunk's size, extensions included.
    static let chunkLine = 1024
    /// Bytes of all chunk extensions of one body: a client could otherwise send little else.
    static let chunkExtensions = 16 * 1024
    /// Responses of status 1xx that may precede the one that counts.
    static let interimResponses = 32
}
