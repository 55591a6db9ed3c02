import GatewayRuntime
import MCPWire
import NIOCore

/// One server, some clients. Every call bears a mark, and so does whatever the server says about it.
struct SharedServerStory {
    /// What a client knows of a call of its own.
    fileprivate struct Sent {
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

    /// Each stands for another id than those before it.
    private static let ids = ["1", "2", #""1""#, "1.0", #""a/b""#, #""é""#, "\"e\u{301}\""]
    private static let tokens = ["1", "2", #""1""#, #""t""#, #""é""#]
    /// What a server may say that concerns nobody's call.
    private static let noise = [
        #"{"id":999,"result":{}}"#, #"{"id":"1","result":{"mark":"noise"}}"#, #"{"id":1.0,"result":{"mark":"noise"}}"#,
        #"{"id":null,"error":{"code":1,"message":"m"}}"#, #"{"id":-1,"result":{"mark":"noise"}}"#,
        #"{"method":"notifications/progress","params":{"progressToken":"1","message":"noise"}}"#,
        #"{"method":"notifications/cancelled","params":{"requestId":1}}"#,
        #"{"id":5,"method":"sampling/createMessage","params":{}}"#, #"{"id":6,"method":"ping"}"#,
        #"{"method":"notifications/message","params":{"data":"noise"}}"#,
        #"{"method":"notifications/progress","params":{"progressToken":{},"message":"noise"}}"#,
    ]

    private var choices: ArraySlice<UInt8>
    private var multiplexer: Multiplexer
    private var clients: [Multiplexer.Seat: [Sent]] = [:]
    private var heard: [Heard] = []
    private var answered: [MessageID] = []
    private var serial = 0
    private(set) var mistakes: [String] = []

    init(_ choices: [UInt8]) {
        self.choices = choices[...]
        multiplexer = Multiplexer((choices.first ?? 0).isMultiple(of: 2) ? .legacy : .modern, hearing: .all)
        perform(multiplexer.begin())
        if multiplexer.flavour == .legacy {
            reply(#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}}"#)
        }
        for _ in 0..<2 + choose(5) { arrive() }
    }

    /// The next choice, one of `count`; the first where none is left.
    private mutating func choose(_ count: Int) -> Int { Int(choices.popFirst() ?? 0) % max(1, count) }

    mutating func run() {
        while !choices.isEmpty, mistakes.isEmpty {
            switch choose(100) {
            case 0..<40: call()
            case 40..<55: progress()
            case 55..<78: answer(choose(heard.count))
            case 78..<84: repeatAnswer()
            case 84..<90: cancel()
            case 90..<94: reply(Self.noise[choose(Self.noise.count)])
            case 94..<97: overflow()
            default: replaceClient()
            }
        }
        while !heard.isEmpty, mistakes.isEmpty { answer(0) }
        for (seat, calls) in clients {
            for sent in calls where !sent.isCancelled { mistakes.append("seat \(seat) never got \(sent.mark)") }
        }
    }

    private mutating func arrive() { clients[multiplexer.takeSeat()] = [] }

    private mutating func anyClient() -> Multiplexer.Seat {
        let seats = clients.keys.sorted()
        return seats.isEmpty ? 0 : seats[choose(seats.count)]
    }

    private mutating func call() {
        let seat = anyClient()
        let id = Self.ids[choose(Self.ids.count)]
        let token = Self.tokens[choose(Self.tokens.count)]
        guard clients[seat]?.contains(where: { $0.isBytewise(id) && !$0.isCancelled }) == false else {
            return
        }
        serial += 1
        let sent = Sent(mark: "\(seat):\(serial)", id: id, token: token)
        clients[seat]?.removeAll { $0.isBytewise(id) }
        clients[seat]?.append(sent)
        say(
            #"{"id":\#(id),"method":"tools/call","params":{"_meta":{"progressToken":\#(token)},"name":"\#(sent.mark)"}}"#,
            from: seat
        )
    }

    private mutating func progress() {
        guard !heard.isEmpty else { return }
        let call = heard[choose(heard.count)]
        guard let token = call.token else { return }
        reply(
            #"{"method":"notifications/progress","params":{"progressToken":\#(token.json),"message":"\#(call.mark)"}}"#)
    }

    private mutating func answer(_ position: Int) {
        guard heard.indices.contains(position) else { return }
        let call = heard.remove(at: position)
        answered.append(call.id)
        reply(#"{"id":\#(call.id.json),"result":{"mark":"\#(call.mark)"}}"#)
    }

    private mutating func repeatAnswer() {
        guard !answered.isEmpty else { return }
        reply(#"{"id":\#(answered[choose(answered.count)].json),"result":{"mark":"repeated"}}"#)
    }

    /// The server answers with a line over the limit, cut somewhere.
    private mutating func overflow() {
        guard !heard.isEmpty else { return }
        let call = heard.remove(at: choose(heard.count))
        let text = #"{"id":\#(call.id.json),"result":{"mark":"\#(call.mark)","#
        let beginning = ByteBuffer(bytes: Array(text.utf8).prefix(max(7, choose(text.utf8.count))))
        let told = MessageScanner.beginning(beginning.readableBytesUInt8Span)
        guard case .response(let id) = told else { return heard.append(call) }
        if id != call.id { mistakes.append("'\(String(buffer: beginning))' answers \(id)") }
        answered.append(call.id)
        perform(multiplexer.serverOverflowed(told, limit: 1_000), for: call.mark)
    }

    private mutating func cancel() {
        let seat = anyClient()
        guard let calls = clients[seat], !calls.isEmpty else { return }
        let index = choose(calls.count)
        clients[seat]?[index].isCancelled = true
        say(#"{"method":"notifications/cancelled","params":{"requestId":\#(calls[index].id)}}"#, from: seat)
    }

    private mutating func replaceClient() {
        let seat = anyClient()
        clients[seat] = nil
        perform(multiplexer.leave(seat))
        arrive()
    }
}

extension SharedServerStory {
    private mutating func say(_ text: String, from seat: Multiplexer.Seat) {
        guard let message = scan(text) else { return }
        perform(multiplexer.clientSent(message, from: seat))
    }

    private mutating func reply(_ text: String) {
        guard let message = scan(text) else { return }
        perform(multiplexer.serverSent(message))
    }

    private mutating func scan(_ text: String) -> ScannedMessage? {
        do throws(MessageScanner.Refusal) {
            return try ScannedMessage(scanning: ByteBuffer(string: text))
        } catch {
            mistakes.append("\(text) is no message")
            return nil
        }
    }

    /// - Parameter overflowed: the mark of the call whose answer was too long, and is an error instead.
    private mutating func perform(_ actions: [Multiplexer.Action], for overflowed: String? = nil) {
        for action in actions {
            switch action {
            case .toServer(let line): hear(line)
            case .toSeat(let seat, let message): check(message, at: seat, overflowed)
            case .giveUp(let reason): mistakes.append("gave the server up: \(reason)")
            case .tell, .hearAgain, .log, .note: break
            }
        }
    }

    private mutating func hear(_ line: ByteBuffer) {
        guard line.readableBytesView.last == 0x0A, let message = scan(String(buffer: line)) else {
            return mistakes.append("'\(String(buffer: line))' is no line")
        }
        guard message.envelope.method == .other("tools/call"), let id = message.envelope.id else { return }
        if heard.contains(where: { $0.id == id }) { mistakes.append("the number \(id.json) was given twice") }
        heard.append(Heard(mark: message.envelope.name ?? "", id: id, token: message.envelope.progressToken))
    }

    /// A client reads what it got.
    private mutating func check(_ message: ScannedMessage, at seat: Multiplexer.Seat, _ overflowed: String?) {
        let text = String(buffer: message.bytes)
        guard scan(text) == message else { return mistakes.append("the envelope does not describe \(text)") }
        let isProgress = message.envelope.method == .progress
        guard isProgress || message.envelope.kind == .response else { return }
        let object = JSONObject(in: message.bytes)
        let holder = object?.object(isProgress ? "params" : "result", in: message.bytes)
        let mark = overflowed ?? holder?.string(isProgress ? "message" : "mark", in: message.bytes)
        guard let index = clients[seat]?.firstIndex(where: { $0.mark == mark }), let sent = clients[seat]?[index] else {
            return mistakes.append("seat \(seat) got \(text)")
        }
        let place = isProgress ? message.envelope.places.progressToken : message.envelope.places.id
        let written = place.map { message.bytes.json(at: $0) } ?? ""
        if !written.utf8.elementsEqual((isProgress ? sent.token : sent.id).utf8) {
            mistakes.append("\(sent.mark) became \(text)")
        }
        if !isProgress { clients[seat]?.remove(at: index) }
    }
}

extension SharedServerStory.Sent {
    fileprivate func isBytewise(_ other: String) -> Bool { id.utf8.elementsEqual(other.utf8) }
}
