import HTTPTransport
import NIOCore

/// Writes down what arrives of a body: its pieces, then `ended` or `failed`.
final class BodyRecorder: BodyReceiver {
    private let events: Happenings<String>

    init(_ events: Happenings<String>) { self.events = events }

    func bodyReceived(_ piece: ByteBuffer) { events.report(String(buffer: piece)) }
    func bodyEnded() { events.report("ended") }
    func bodyFailed() { events.report("failed") }
}
