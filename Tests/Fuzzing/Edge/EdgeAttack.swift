/// What one connection does to the gateway, and what has to come of it.
struct EdgeAttack {
    let pieces: [ArraySlice<UInt8>]
    let ending: Ending
    let pauses: Bool
    /// The marks that stand in it.
    let marks: [String]
    /// Whether every call in it is well-formed: then each is answered, in order, and the connection ends.
    let isWellFormed: Bool
    /// Whether it listens to the session that other connections of the same client use.
    let listens: Bool

    enum Ending { case wait, halfClose, close }

    var bytes: [UInt8] { pieces.flatMap { $0 } }

    init(session: String, _ random: inout FuzzRandom) {
        let isCalm = random.once(in: 3)
        var requests = (0...random.below(3)).map { _ in Self.request(session, isCalm, &random) }
        marks = requests.compactMap(\.mark)
        listens = requests.contains(where: \.listens)
        var bytes: [UInt8] = []
        for index in requests.indices {
            let closing = index == requests.count - 1
            if !isCalm, random.once(in: 2) { Self.spoil(&requests[index].request, &random) }
            let hasBody = !isCalm || !requests[index].request.body.isEmpty
            bytes +=
                hasBody && random.once(in: 3)
                ? requests[index].request.chunked(closing: closing, &random)
                : requests[index].request.bytes(closing: closing)
        }
        if !isCalm { Self.break(&bytes, &random) }
        pieces = random.pieces(bytes, most: isCalm ? 10 : 6)
        pauses = random.once(in: 2)
        isWellFormed = isCalm
        ending = isCalm ? .wait : random.pick([.wait, .halfClose, .halfClose, .close, .close])
    }

    private typealias Marked = (request: EdgeRequest, mark: String?, listens: Bool)

    private static func request(_ session: String, _ isCalm: Bool, _ random: inout FuzzRandom) -> Marked {
        let mark = EdgeMark.make(&random)
        switch random.below(isCalm ? 8 : 12) {
        case 0..<4: return (.call(mark, session: session), mark, false)
        case 4..<7: return (.modernCall(mark), mark, false)
        case 7: return (.get("/livez"), nil, false)
        case 8: return (.initialize(), nil, false)
        case 9: return (.get("/mcp", ["mcp-session-id: \(session)"]), nil, true)
        case 10:
            var id = Array(session.utf8)
            ByteText.mutate(&id, &random)
            return (
                .call(mark, session: String(decoding: id.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)), mark, false
            )
        default:
            return (.get(random.pick(["/", "/health", "/mcp?x=1", "*", "http://a/mcp", "//mcp", "/%2e"])), nil, false)
        }
    }

    /// Fields that contradict each other, are too many or too long, or a body that is no message.
    private static func spoil(_ request: inout EdgeRequest, _ random: inout FuzzRandom) {
        switch random.below(12) {
        case 0: request.head.append("content-length: \(random.pick([0, 1, request.body.count + 5, 99_999]))")
        case 1: request.head.append("transfer-encoding: \(random.pick(["chunked", "gzip", "identity", "chunked, x"]))")
        case 2:
            request.head.append("content-length: \(random.pick(["-1", "+5", "0x10", "5, 5", "99999999999999999999"]))")
        case 3:
            request.head.append(
                random.pick(["no colon", ": empty", " folded: x", "a b: c", "x:\u{1}", "é: é", "host: b"]))
        case 4: request.head += (0..<150).map { "x-\($0): y" }
        case 5: request.head.append("x: " + String(repeating: "y", count: 70_000))
        case 6:
            request.head[0] = random.pick([
                "POST /mcp", "POST /mcp HTTP/1.0", "PRI * HTTP/2.0", "post /mcp HTTP/1.1", "",
            ])
        case 7: request.head.append("expect: 100-continue")
        case 8:
            request.head.append("mcp-session-id: \(random.pick(["", "x", "é", String(repeating: "A", count: 9_000)]))")
        case 9: request.head.append("mcp-protocol-version: \(random.pick(["2026-07-28", "1", "", "2025-03-26"]))")
        case 10: request.body = [UInt8](repeating: UInt8(ascii: "["), count: random.below(3_000))
        default: ByteText.mutate(&request.body, &random)
        }
    }

    private static func `break`(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        switch random.below(5) {
        case 0: bytes.removeLast(random.below(bytes.count))
        case 1: ByteText.mutate(&bytes, &random, most: 8)
        case 2: bytes += random.bytes(random.below(40))
        default: break
        }
    }
}

extension EdgeAttack {
    /// What is wrong with what came back; `nil` where nothing is.
    ///
    /// - Parameter issued: every mark that any connection sent; `bystanders`: those of the bystanders.
    func judge(_ response: [UInt8], isWhole: Bool, issued: Set<String>, bystanders: Set<String>) -> String? {
        let came = EdgeMark.all(in: response)
        let own = Set(marks)
        if let other = came.first(where: {
            bystanders.contains($0) || (!listens && issued.contains($0) && !own.contains($0))
        }) {
            return "was told another client's \(other)"
        }
        guard isWellFormed else { return nil }
        if !isWhole { return "well-formed requests were not all answered in time" }
        var seen: Set<String> = []
        let inOrder = came.filter { seen.insert($0).inserted }
        return inOrder == marks
            ? nil : "answered \(inOrder) to \(marks): \(String(decoding: response.prefix(2_000), as: UTF8.self))"
    }
}
