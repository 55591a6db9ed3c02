import MCPWire
import NIOCore
import NIOHTTP1

/// What a bridged call wants done.
enum BridgedCallAction: Equatable {
    /// Write one line, its break included, to the server.
    case toServer(ByteBuffer)
    /// A message that precedes the answer, for the client that waits.
    case push(ByteBuffer)
    /// The answer, for the client that waits.
    case answer(ByteBuffer, HTTPResponseStatus)
    /// News that concern every listener rather than this call.
    case tellListeners(ScannedMessage)
    /// The server is free for another call.
    case giveBack
    /// The server can't be used again: it may still be at work on this call.
    case discard
    /// Nobody waits any more: see in a moment whether the server answered.
    case watchCancelled
    /// The client was asked something: it may come back with a request state that names this call.
    case awaitInput
    /// Nothing follows.
    case over
}
