import MCPWire
import NIOCore

/// What the gateway itself hears of a modern server's changes. Such a server tells those who listen at this very process
/// (MCP 2026-07-28, patterns/subscriptions), and clients that listen on other replicas want to know as well.
extension Multiplexer {
    /// Opens the gateway's own stream, where there are lists whose changes it wants to hear of.
    package mutating func hear() -> [Action] {
        guard let wanted, hearing == nil else { return [] }
        let number = nextNumber()
        calls[number] = Call(seat: nil, id: WrittenID(number), token: nil, purpose: .hearing)
        hearing = number
        let filter = #""notifications":\#(wanted.json)"#
        return [.toServer(OwnRequest.line("subscriptions/listen", filter, id: .number("\(number)")))]
    }

    /// A notification on the gateway's own stream.
    mutating func heard(_ message: ScannedMessage) -> [Action] {
        let method = message.envelope.method
        if method == .cancelled, let hearing {
            _ = removeCall(hearing)
            return stoppedHearing()
        }
        return SubscriptionFilter.all.carries(method.name, uri: nil) ? [.tell(message)] : []
    }

    /// What others shall hear of a notification that a client's stream carried: updates of resources always, for the
    /// gateway's own stream has none of them; changes of lists where the gateway has no stream.
    func overheard(_ message: ScannedMessage) -> [Action] {
        let method = message.envelope.method.name
        let isUpdate = method == "notifications/resources/updated"
        return isUpdate || hearing == nil && SubscriptionFilter.all.carries(method, uri: nil) ? [.tell(message)] : []
    }

    /// The server ended the gateway's own stream, or refused to open it.
    mutating func stoppedHearing(isRefusal: Bool = false) -> [Action] {
        hearing = nil
        return isRefusal ? [] : [.hearAgain]
    }

    /// The request in flight that is alone, but for the gateway's own stream, which is answered last.
    var onlyNumber: Int? {
        let others = calls.keys.lazy.filter { $0 != hearing }.prefix(2)
        return others.count == 1 ? others.first : nil
    }
}
