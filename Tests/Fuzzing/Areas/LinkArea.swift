import HTTPTransport
import NIOCore
import NIOHTTP1

/// Frames of a link out of any bytes: the same ones wherever the bytes are cut, and heads that mean the same once they
/// are written again.
struct LinkArea: FuzzArea {
    let name = "links"
    let share = 60

    private static let limit = 4_000
    private static let names = ["host", "mcp-session-id", "content-type", "x", ""]

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        var bytes = ByteBuffer()
        for _ in 0..<random.below(6) {
            let kind = LinkFrame.Kind(rawValue: UInt8(1 + random.below(8))) ?? .end
            var random = random
            bytes.writeFrame(kind, UInt32(random.below(4))) { Self.payload(of: kind, into: &$0, &random) }
        }
        var input = Array(buffer: bytes)
        if random.once(in: 2) { ByteText.mutate(&input, &random) }
        return input
    }

    private static func payload(of kind: LinkFrame.Kind, into bytes: inout ByteBuffer, _ random: inout FuzzRandom) {
        let fields = (0..<random.below(5)).map { _ in (random.pick(names), "value \(random.below(100))") }
        switch kind {
        case .request:
            let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/mcp", headers: HTTPHeaders(fields))
            bytes.writeLinkHead(head)
        case .answer: bytes.writeLinkHead(ResponseHead(.accepted, HTTPHeaders(fields), length: random.below(9)))
        case .data, .cancel, .pause, .resume, .end, .cut: break
        }
        bytes.writeBytes(random.bytes(random.below(40)))
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let whole = Self.read([input[...]])
        let pieces = Self.read(random.pieces(input))
        guard whole.lines == pieces.lines else { return "\(whole.lines), and in pieces \(pieces.lines)" }
        return whole.frames.lazy.compactMap(Self.complaint).first
    }

    private static func read(_ pieces: [ArraySlice<UInt8>]) -> (frames: [LinkFrame], lines: [String]) {
        var (frames, lines, reader) = ([LinkFrame](), [String](), LinkReader(limit: limit))
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            do throws(LinkFault) {
                while let frame = try reader.next() {
                    frames.append(frame)
                    lines.append("\(frame.kind) \(frame.exchange) \(frame.payload.readableBytes)")
                }
            } catch {
                return (frames, lines + ["\(error)"])
            }
        }
        return (frames, lines)
    }

    /// What is wrong with how a frame's head is read.
    private static func complaint(_ frame: LinkFrame) -> String? {
        var payload = frame.payload
        do throws(LinkFault) {
            switch frame.kind {
            case .request:
                let head = try payload.readLinkRequest(mostFields: 8)
                var again = ByteBuffer()
                again.writeLinkHead(head)
                return try again.readLinkRequest(mostFields: 8) == head ? nil : "a request is read as another"
            case .answer:
                let head = try payload.readLinkResponse(mostFields: 8)
                return head.headers.count <= 8 ? nil : "an answer has more fields than it may"
            case .data, .cancel, .pause, .resume, .end, .cut: return nil
            }
        } catch {
            // A head that is no head is refused, which is all it may be.
            return nil
        }
    }
}
