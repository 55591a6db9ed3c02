import MCPWire

/// Requests of the server's own that a client has been asked and has not answered.
struct OpenQuestions {
    struct Question {
        let seat: Multiplexer.Seat
        let id: WrittenID
        let token: WrittenID?
    }

    /// Questions that clients may leave unanswered, in all.
    static let most = 1_000

    private var questions: [Int: Question] = [:]
    /// What the server calls them.
    private var numbers: [MessageID: Int] = [:]

    /// Notes a question down under the gateway's number; `false` where it repeats the id of an open one, or there are
    /// too many.
    mutating func add(_ question: Question, as number: Int) -> Bool {
        guard questions.count < Self.most, numbers[question.id.value] == nil else { return false }
        questions[number] = question
        numbers[question.id.value] = number
        return true
    }

    /// The question that `seat` answers; `nil` where it was not asked that.
    mutating func answered(_ number: Int, by seat: Multiplexer.Seat) -> Question? {
        guard let question = questions[number], question.seat == seat else { return nil }
        questions[number] = nil
        numbers[question.id.value] = nil
        return question
    }

    /// The question that `seat` was asked and is still at work on.
    func open(_ number: Int, with seat: Multiplexer.Seat) -> Question? {
        questions[number].flatMap { $0.seat == seat ? $0 : nil }
    }

    /// The number and the seat of a question that the server withdraws. It may still be answered.
    func withdrawn(_ id: MessageID) -> (number: Int, seat: Multiplexer.Seat)? {
        numbers[id].flatMap { number in questions[number].map { (number, $0.seat) } }
    }

    /// Forgets what a seat was asked, and answers with the ids that the server gave.
    mutating func leave(_ seat: Multiplexer.Seat) -> [WrittenID] {
        let left = questions.filter { $0.value.seat == seat }.sorted { $0.key < $1.key }
        for (number, question) in left {
            questions[number] = nil
            numbers[question.id.value] = nil
        }
        return left.map(\.value.id)
    }
}
