import MCPWire
import NIOCore

/// One stdio server process shared by many clients, as pure state: every event answers with the actions that follow
/// from it. A client's place at the server is a seat.
///
/// Ids and progress tokens of clients are equal by chance, so each request gets a number of the gateway's own on its
/// way to the server, which is its progress token too; what comes back gets the client's own again, byte for byte.
/// What names no request goes to a seat only where the protocol leaves no doubt whose it is (docs/gateway.md).
package struct Multiplexer {
    package typealias Seat = Int

    /// How the server speaks.
    package enum Flavour: Hashable {
        /// Sessions with `initialize` (MCP 2025-03-26 to 2025-11-25): the gateway is the server's only client.
        case legacy
        /// Without a handshake (MCP 2026-07-28): a seat is one HTTP request or one stream of notifications.
        case modern
    }

    package enum Action: Equatable {
        /// Write one line, its break included, to the server.
        case toServer(ByteBuffer)
        case toSeat(Seat, ScannedMessage)
        /// The process can't be used; the text completes "the server stopped: …".
        case giveUp(String)
        /// A list or a resource changed: news for those who listen elsewhere.
        case tell(ScannedMessage)
        /// The gateway's own stream of changes ended: open another, in a while.
        case hearAgain
        /// A log message of the server that nobody may see but the operator.
        case log(ByteBuffer)
        case note(Note)
    }

    /// What the server did that it should not have, or that could not be brought to anybody.
    package enum Note: String {
        case unmatchedResponse = "the server answered a request that is not in flight"
        case unaddressed = "the server sent a message that can't be attributed to one client; such messages are dropped"
        case unaddressedQuestion = "the server asked a question that can't be attributed to one client; it was refused"
        case unreadable = "the server wrote a line that is not a JSON-RPC message"
        case tooLong = "the server wrote a line over the message limit"
    }

    /// A request that the server has not answered.
    struct Call {
        let seat: Seat?
        let id: WrittenID
        let token: WrittenID?
        let purpose: Purpose
    }

    /// What follows from a request's answer, beside bringing it home.
    enum Purpose: Equatable {
        case call
        /// A modern stream of notifications; it lasts.
        case listen
        /// The gateway's own such stream.
        case hearing
        /// The gateway's own `initialize`.
        case handshake
        case subscribe(String)
        case setLevel
        /// The gateway's own; nobody waits for the answer.
        case housekeeping
    }

    /// One client.
    struct Place {
        /// Requests in flight, by the client's id.
        var calls: [MessageID: Int] = [:]
        /// Requests that the client cancelled and that may still be answered, oldest first.
        var cancelled: [Int] = []
    }

    /// Requests in flight, of one seat and of all.
    static let mostCallsOfSeat = 1_000
    static let mostCalls = 10_000
    /// Cancelled requests of one seat whose answer would still be brought home.
    static let mostCancelled = 64

    package let flavour: Flavour
    /// The lists whose changes the gateway itself wants to hear of, for others.
    let wanted: SubscriptionFilter?
    /// The stream on which it hears of them.
    var hearing: Int?
    var places: [Seat: Place] = [:]
    var calls: [Int: Call] = [:]
    var questions = OpenQuestions()
    var handshake = SharedHandshake()
    var subscriptions = ResourceSubscriptions()
    var levels = LogLevels()
    /// Messages that could not be brought to anybody.
    private(set) var unaddressed = 0
    private var noted: Set<Note> = []
    private(set) var seatsEver = 0
    private var lastNumber = 0
    /// The number that was the last one given when a request was cancelled. An answer to a later request shows that the
    /// server has read the cancellation: input is read in order.
    private var lastBeforeCancellation: Int?

    /// - Parameter wanted: the lists whose changes a modern server tells of, where others shall hear of them.
    package init(_ flavour: Flavour, hearing wanted: SubscriptionFilter? = nil) {
        self.flavour = flavour
        self.wanted = wanted
    }

    /// What the server has to hear first.
    package mutating func begin() -> [Action] { flavour == .legacy ? beginHandshake() : hear() }

    package mutating func takeSeat() -> Seat {
        seatsEver += 1
        places[seatsEver] = Place()
        return seatsEver
    }

    /// A number that names one request.
    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    func wasGiven(_ number: Int) -> Bool { number > 0 && number <= lastNumber }

    /// The seat that is the only one this process ever served, while it is taken.
    var onlySeatEver: Seat? { seatsEver == 1 ? places.keys.first : nil }

    /// The modern call that is alone in flight, where no cancelled one can still be talking: what names no request
    /// belongs to it, because it belongs to a request in flight (MCP 2026-07-28, stdio).
    var onlyCall: Call? {
        guard lastBeforeCancellation == nil else { return nil }
        var only: Call?
        for call in calls.values where call.purpose == .call {
            guard only == nil else { return nil }
            only = call
        }
        return only
    }

    mutating func noteOnce(_ note: Note) -> [Action] { noted.insert(note).inserted ? [.note(note)] : [] }

    mutating func dropUnaddressed(_ note: Note = .unaddressed) -> [Action] {
        unaddressed += 1
        return noteOnce(note)
    }
}

/// The table of requests in flight.
extension Multiplexer {
    /// Takes a call off the table, because it was answered or given up.
    mutating func removeCall(_ number: Int) -> Call? {
        guard let call = calls.removeValue(forKey: number) else { return nil }
        if let seat = call.seat, places[seat]?.calls[call.id.value] == number {
            places[seat]?.calls[call.id.value] = nil
        }
        return call
    }

    mutating func answeredCall(_ number: Int) -> Call? {
        if let last = lastBeforeCancellation, number > last, calls[number] != nil { lastBeforeCancellation = nil }
        guard let call = removeCall(number) else { return nil }
        if let seat = call.seat, places[seat]?.cancelled.isEmpty == false {
            places[seat]?.cancelled.removeAll { $0 == number }
        }
        return call
    }

    /// Tells the server that nobody wants this request's answer any more.
    mutating func cancelLine(_ number: Int) -> ByteBuffer {
        lastBeforeCancellation = lastNumber
        return ByteBuffer(
            string: #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(number),"#
                + #""reason":"The client left."}}"# + "\n"
        )
    }

    /// The client cancels a request: the number that the server knows it by, where it is in flight.
    mutating func cancelled(_ id: MessageID, by seat: Seat) -> Int? {
        guard let number = places[seat]?.calls[id], calls[number]?.purpose != .handshake else { return nil }
        lastBeforeCancellation = lastNumber
        places[seat]?.cancelled.append(number)
        if let oldest = places[seat]?.cancelled.first, (places[seat]?.cancelled.count ?? 0) > Self.mostCancelled {
            places[seat]?.cancelled.removeFirst()
            _ = removeCall(oldest)
        }
        return number
    }

    /// A request of the gateway's own whose answer nobody waits for.
    mutating func housekeeping(_ method: String, _ params: String) -> Action {
        let number = nextNumber()
        calls[number] = Call(seat: nil, id: WrittenID(number), token: nil, purpose: .housekeeping)
        return .toServer(
            ByteBuffer(string: #"{"jsonrpc":"2.0","id":\#(number),"method":"\#(method)","params":\#(params)}"# + "\n")
        )
    }

    /// A seat is given up. What it asked is cancelled; what was asked of it is answered.
    package mutating func leave(_ seat: Seat) -> [Action] {
        guard let place = places.removeValue(forKey: seat) else { return [] }
        var actions: [Action] = []
        handshake.forget(seat)
        for number in place.calls.values.sorted() {
            // The answer to a subscription may be awaited by others.
            if case .subscribe? = calls[number]?.purpose { continue }
            calls[number] = nil
            if !place.cancelled.contains(number) { actions.append(.toServer(cancelLine(number))) }
        }
        for id in questions.leave(seat) {
            actions.append(.toServer(Self.refusal(of: id, "The client that was asked has left.")))
        }
        for uri in subscriptions.leave(seat) {
            actions.append(housekeeping("resources/unsubscribe", #"{"uri":\#(JSONText.quoted(uri))}"#))
        }
        if let level = levels.leave(seat) {
            actions.append(housekeeping("logging/setLevel", #"{"level":"\#(level.rawValue)"}"#))
        }
        return actions
    }
}
