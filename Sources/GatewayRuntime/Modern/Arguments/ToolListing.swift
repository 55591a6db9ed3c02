import MCPWire
import NIOCore

/// Asking a server for all of its tools, page by page, as pure state; what is kept of them is which arguments are
/// mirrored in headers.
struct ToolListing: Equatable {
    enum Step: Equatable {
        /// Send this line, its break included.
        case ask(ByteBuffer)
        case listed([String: MirroredArguments])
        /// `reason` completes "the server …".
        case failed(String)
    }

    /// Pages, tools that mirror something, and bytes of a listing.
    static let mostPages = 100
    static let mostTools = 10_000
    static let mostBytes = 8 * 1024 * 1024

    private let isModern: Bool
    private var pages = 1
    private var bytes = 0
    private var mirrored: [String: MirroredArguments] = [:]

    static let id = MessageID.text("slipway-tools")

    init(isModern: Bool) { self.isModern = isModern }

    /// What to send first.
    var opening: ByteBuffer { line(cursor: nil) }

    private func line(cursor: String?) -> ByteBuffer {
        let params = cursor.map { #""cursor":\#(JSONText.quoted($0))"# } ?? ""
        if isModern { return OwnRequest.line("tools/list", params, id: Self.id) }
        return ByteBuffer(
            string: #"{"jsonrpc":"2.0","id":\#(Self.id.json),"method":"tools/list","params":{\#(params)}}"# + "\n")
    }

    /// The server answered.
    mutating func received(_ answer: ScannedMessage) -> Step {
        let text = answer.bytes
        bytes += text.readableBytes
        guard bytes <= Self.mostBytes else { return .failed("has tools of more than \(Self.mostBytes) bytes") }
        guard let result = JSONObject(in: text)?.object("result", in: text), let tools = result["tools"] else {
            return .failed("answers tools/list without tools")
        }
        if text.readableBytesUInt8Span.holds(MirroredArguments.annotation), !takeIn(tools, text) {
            return .failed("has more than \(Self.mostTools) tools")
        }
        guard let cursor = result.string("nextCursor", in: text) else { return .listed(mirrored) }
        pages += 1
        guard pages <= Self.mostPages else { return .failed("lists its tools on more than \(Self.mostPages) pages") }
        return .ask(line(cursor: cursor))
    }

    private mutating func takeIn(_ tools: Range<Int>, _ text: ByteBuffer) -> Bool {
        guard let places = JSONObject.elements(at: tools, in: text, most: Self.mostTools) else { return false }
        for place in places {
            guard let tool = JSONObject(in: text, at: place.lowerBound), let name = tool.string("name", in: text),
                let schema = tool.object("inputSchema", in: text), mirrored[name] == nil
            else { continue }
            mirrored[name] = MirroredArguments(schema: schema, in: text)
        }
        return mirrored.count <= Self.mostTools
    }
}

extension Span<UInt8> {
    /// Whether a word of ASCII stands anywhere in the bytes.
    func holds(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
        for start in 0...count - wanted.count where self[start] == first {
            var length = 1
            while length < wanted.count, self[start + length] == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }
}
