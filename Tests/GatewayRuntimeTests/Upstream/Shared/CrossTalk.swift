import MCPWire
import NIOCore

@testable import GatewayRuntime

/// Many clients with equal ids and equal tokens, one server that answers in any order, and whoever reads over their
/// shoulders. Every call bears a mark, and so does whatever the server says about it.
struct CrossTalk {
    /// What a client knows of a call of its own.
    private struct Sent {
        let mark: String
        let id: String
        let token: String
        var isCancelled = false
    }

    /// What the server knows of it.
    private struct Heard {
        let mark: String
        let id: MessageID
        let token: MessageID?
    }

    private static let ids = ["1", "2", #""1""#, #""\u0031""#, "1.0", #""a\/b""#, #""a/b""#]
    private static let tokens = ["1", "2", #""1""#, #""t""#]

    private var random: SeededRandom
    private var multiplexer: Multiplexer
    /// Puts another number into what the server hears: a way to break the rewriting.
    private let tamper: (String) -> String
    private var clients: [Multiplexer.Seat: [Sent]] = [:]
    private var heard: [Heard] = []
    private var answered: [MessageID] = []
    private var serial = 0
    /// What reached the wrong client, or reached it wrongly.
    private(set) var mistakes: [String] = []
    private(set) var deliveries = 0

    init(_ flavour: Multiplexer.Flavour, seed: UInt64, tamper: @escaping (String) -> String = { $0 }) throws {
        random = SeededRandom(seed: seed)
        multiplexer = try SharedTable(flavour, seats: 0).multiplexer
        self.tamper = tamper
        for _ in 0..<8 { arrive() }
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<40: try call()
            case 40..<60: try progress()
            case 60..<90: try answer()
            case 90..<94: try repeatAnswer()
            case 94..<98: try cancel()
            default: try replaceClient()
            }
        }
    }

    private mutating func arrive() { clients[multiplexer.takeSeat()] = [] }

    private mutating func anyClient() -> Multiplexer.Seat {
        clients.keys.sorted().randomElement(using: &random) ?? 0
    }

    private mutating func call() throws {
        let seat = anyClient()
        let busy = Set(clients[seat, default: []].filter { !$0.isCancelled }.map(\.id))
        guard
            let id = Self.ids.filter({ !busy.contains($0) && !Self.equals($0, anyOf: busy) }).randomElement(
                using: &random),
            let token = Self.tokens.randomElement(using: &random)
        else { return }
        serial += 1
        let sent = Sent(mark: "\(seat):\(serial)", id: id, token: token)
        clients[seat]?.removeAll { $0.id == id }
        clients[seat]?.append(sent)
        let text =
            #"{"id":\#(id),"method":"tools/call","params":{"_meta":{"progressToken":\#(token)},"name":"\#(sent.mark)"}}"#
        try say(text, from: seat)
    }

    /// Two spellings of one id.
    private static func equals(_ id: String, anyOf busy: Set<String>) -> Bool {
        let twins = [[#""1""#, #""\u0031""#], [#""a\/b""#, #""a/b""#]]
        return twins.contains { $0.contains(id) && !busy.isDisjoint(with: $0) }
    }

    private mutating func say(_ text: String, from seat: Multiplexer.Seat) throws {
        let message = try ScannedMessage(scanning: ByteBuffer(string: text))
        try perform(multiplexer.clientSent(message, from: seat))
    }

    private mutating func progress() throws {
        guard let call = heard.randomElement(using: &random), let token = call.token else { return }
        let params = #"{"progressToken":\#(token.json),"progress":1,"message":"\#(call.mark)"}"#
        try reply(#"{"method":"notifications/progress","params":\#(params)}"#)
    }

    private mutating func answer() throws {
        guard let index = heard.indices.randomElement(using: &random) else { return }
        let call = heard.remove(at: index)
        answered.append(call.id)
        try reply(#"{"id":\#(call.id.json),"result":{"mark":"\#(call.mark)"}}"#)
    }

    private mutating func repeatAnswer() throws {
        guard let id = answered.randomElement(using: &random) else { return }
        try reply(#"{"id":\#(id.json),"result":{"mark":"repeated"}}"#)
    }

    private mutating func cancel() throws {
        let seat = anyClient()
        guard let index = clients[seat, default: []].indices.randomElement(using: &random) else { return }
        clients[seat]?[index].isCancelled = true
        let id = clients[seat]?[index].id ?? ""
        try say(#"{"method":"notifications/cancelled","params":{"requestId":\#(id)}}"#, from: seat)
    }

    private mutating func replaceClient() throws {
        let seat = anyClient()
        clients[seat] = nil
        try perform(multiplexer.leave(seat))
        arrive()
    }

    private mutating func reply(_ text: String) throws {
        try perform(multiplexer.serverSent(try ScannedMessage(scanning: ByteBuffer(string: text))))
    }

    private mutating func perform(_ actions: [Multiplexer.Action]) throws {
        for action in actions {
            switch action {
            case .toServer(let line): try hear(line)
            case .toSeat(let seat, let message): check(message, at: seat)
            case .giveUp, .tell, .hearAgain, .log, .note: break
            }
        }
    }

    private mutating func hear(_ line: ByteBuffer) throws {
        let message = try ScannedMessage(scanning: ByteBuffer(string: tamper(String(buffer: line))))
        guard let id = message.envelope.id, let mark = message.parameter("name") else { return }
        heard.append(Heard(mark: mark, id: id, token: message.envelope.progressToken))
    }

    /// A client reads what it got.
    private mutating func check(_ message: ScannedMessage, at seat: Multiplexer.Seat) {
        deliveries += 1
        let text = String(buffer: message.bytes)
        guard message == (try? ScannedMessage(scanning: message.bytes)) else {  // no message is no equal
            return mistakes.append("the envelope does not describe \(text)")
        }
        let isProgress = message.envelope.method == .progress
        let object = JSONObject(in: message.bytes)
        let mark =
            isProgress
            ? message.parameter("message")
            : object?.object("result", in: message.bytes)?.string("mark", in: message.bytes)
        guard let index = clients[seat]?.firstIndex(where: { $0.mark == mark }), let sent = clients[seat]?[index] else {
            return mistakes.append("seat \(seat) got \(text)")
        }
        let place = isProgress ? message.envelope.places.progressToken : message.envelope.places.id
        let written = place.flatMap { message.bytes.getString(at: $0.lowerBound, length: $0.count) }
        if written != (isProgress ? sent.token : sent.id) { mistakes.append("\(sent) became \(text)") }
        if !isProgress { clients[seat]?.remove(at: index) }
    }
}

/// SplitMix64: the same story for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
