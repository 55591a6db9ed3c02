import MCPWire
import NIOCore

/// Names one POST of a session while its answers are outstanding.
typealias PostID = Int

/// What a session's state machine wants done.
enum SessionAction: Equatable {
    case startChild
    case stopChild
    /// Send one message to the child.
    case toChild(ScannedMessage)
    /// The client's `initialize` succeeded: give the session its ticket, then answer.
    case established(PostID, result: ByteBuffer, protocolVersion: String)
    /// One of the answers that the POST waits for; `isLast` completes it.
    case answer(PostID, ByteBuffer, isLast: Bool)
    /// A message that travels on the POST's stream before its answer.
    case push(PostID, ByteBuffer)
    /// The POST held no request: 202 (MCP 2025-11-25, Streamable HTTP).
    case accept(PostID)
    case refuse(PostID, Refusal)
    /// A message for the client's GET stream.
    case toListener(ByteBuffer)
    /// Ask again in a moment whether the child answered this cancelled request.
    case watchCancelled(MessageID)
    /// The session is over: forget it.
    case ended
    /// Something for the log that changes nothing.
    case note(SessionNote)
}

/// What the child did that it should not have.
enum SessionNote: String {
    case unmatchedResponse = "the server answered a request that is not in flight"
    case droppedMessage = "the server sent or asked more than the session may hold for its client"
    case unreadable = "the server wrote a line that is not a JSON-RPC message"
    case tooLong = "the server wrote a line over the message limit"
}
