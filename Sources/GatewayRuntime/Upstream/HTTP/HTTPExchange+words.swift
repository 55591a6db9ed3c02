import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Ending an exchange whose source broke off, so that nobody waits for what will not come.
extension HTTPExchange {
    /// Gives each of the requests one error of its own, whatever was already sent. Where there is none, a GET stream
    /// just ends, and its client opens another; a notification counts as taken.
    /// - Parameters:
    ///   - requests: the ids that must get an answer; `nil` stands for one that is not known.
    ///   - isBetweenEvents: whether what was sent of an event stream ends with an event.
    func endInWords(_ requests: [MessageID?], _ error: JSONRPCError, _ isBetweenEvents: Bool = false) {
        guard let first = requests.first else {
            if hasResponse { return isEventStream ? finish() : abort() }
            // Nobody waits for the answer to a notification, and an error would end more than it.
            return head.method == .POST ? respond(.accepted) : refuse(.replicaGone)
        }
        if !hasResponse, requests.count == 1 {
            return respond(.ok, ["content-type": "application/json"], body: error.response(to: first))
        }
        if !hasResponse { start(.ok, ["content-type": "text/event-stream"]) }
        finishStream(with: requests.map { error.response(to: $0) }, isBetweenEvents)
    }

    /// Ends an event stream with messages. Another answer can't be ended in words, only cut.
    func finishStream(with messages: [ByteBuffer], _ isBetweenEvents: Bool = false) {
        guard isEventStream else { return hasResponse ? abort() : respond(.accepted) }
        let events = messages.map { ServerSentEvent.message($0) }
        guard isBetweenEvents else { return endEventStream(with: events) }
        for event in events { write(event) }
        finish()
    }
}
