import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// What one POST carries: a message, or (revision 2025-03-26 only) a batch of them.
///
/// A class that never changes: it passes through many hands.
final class PostedMessages {
    let messages: [ScannedMessage]
    let isBatch: Bool
    /// The ids of the requests among the messages.
    let requests: [MessageID]
    /// The whole body, as it came.
    let body: ByteBuffer

    init(_ body: ByteBuffer, headers: HTTPHeaders) throws(Refusal) {
        self.body = body
        isBatch = MessageBatch.isBatch(body.readableBytesUInt8Span)
        messages = isBatch ? try Self.batch(body, headers) : [try Self.message(body)]
        requests = messages.compactMap { $0.envelope.kind == .request ? $0.envelope.id : nil }
        if isBatch, messages.contains(where: { $0.envelope.method == .initialize }) {
            throw .invalid("initialize can't be part of a batch")
        }
    }

    /// The request that begins a session, where this is one.
    var initialize: ScannedMessage? {
        guard let message = messages.first, message.envelope.method == .initialize else { return nil }
        return message.envelope.kind == .request ? message : nil
    }

    /// The id of the only request, for an error that answers it.
    var onlyID: MessageID? { isBatch ? nil : requests.first }

    private static func message(_ bytes: ByteBuffer) throws(Refusal) -> ScannedMessage {
        do throws(MessageScanner.Refusal) {
            return try ScannedMessage(scanning: bytes)
        } catch {
            switch error {
            case .malformed(let fault): throw .malformed(fault)
            case .invalid(let reason): throw .invalid(reason)
            }
        }
    }

    private static func batch(_ body: ByteBuffer, _ headers: HTTPHeaders) throws(Refusal) -> [ScannedMessage] {
        // Later revisions must name themselves in this header, so its absence means 2025-03-26.
        let version = headers.value("mcp-protocol-version").flatMap(ProtocolRevision.init(rawValue:))
        guard version?.allowsBatches ?? true else { throw .batchNotAllowed }
        let ranges: [Range<Int>]
        do throws(MalformedJSON) {
            ranges = try MessageBatch.split(body.readableBytesUInt8Span)
        } catch {
            throw .malformed(error)
        }
        guard !ranges.isEmpty else { throw .emptyBatch }
        var messages: [ScannedMessage] = []
        for range in ranges {
            let slice = body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count)
            messages.append(try message(slice ?? ByteBuffer()))
        }
        return messages
    }
}
