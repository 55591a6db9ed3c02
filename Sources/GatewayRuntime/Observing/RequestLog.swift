import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// One line for every request at the MCP endpoint, once its response is over.
///
/// A line is put together in a buffer that goes out ten times a second, or when it is full: no call waits for a write.
/// What a client wrote is in it only where it is of a known alphabet; bodies, ids and tokens never are.
final class RequestLog {
    /// How long a line may wait for company.
    static let patience: TimeAmount = .milliseconds(100)
    /// Bytes that do not wait.
    static let fullBuffer = 32 * 1024

    private let eventLoop: any EventLoop
    private let sink: ([UInt8], _ lines: Int) -> Void
    private var line: RequestLine
    private var lines = 0
    private var clock = TimestampClock()

    /// - Parameter sink: takes whole lines.
    init(_ format: LogFormat, eventLoop: any EventLoop, sink: @escaping ([UInt8], _ lines: Int) -> Void) {
        line = RequestLine(format)
        self.eventLoop = eventLoop
        self.sink = sink
    }

    /// A request log on standard error; `nil` where there is to be none.
    static func toStandardError(_ format: LogFormat?, on eventLoop: any EventLoop) -> RequestLog? {
        format.map { RequestLog($0, eventLoop: eventLoop) { LogStream.standardError.append($0, lines: $1) } }
    }

    func write(_ exchange: HTTPExchange, _ record: VisitRecord, _ outcome: CallOutcome, own: String, _ time: TimeAmount)
    {
        if lines == 0 { eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { [weak self] in self?.flush() } }
        lines += 1
        line.begin(clock.read())
        line.field("request", record.names.request)
        if let trace = record.names.trace, trace != record.names.request { line.field("trace", trace) }
        line.field("http", Self.name(of: exchange.head.method))
        if let status = exchange.status { line.field("status", Int(status.code)) }
        if let session = record.session { line.field("session", session.short) }
        line.field("era", record.isModern ? "modern" : "legacy")
        if let revision = record.revision { line.field("revision", revision.rawValue) }
        if record.isBatch || record.method != .none { line.field("method", record.knownMethod.name) }
        if let tool = record.tool { line.field("tool", ToolNames.isPlain(tool) ? tool : ToolNames.other) }
        line.field("owner", record.peer?.description ?? own)
        if record.peer != nil { line.flag("forwarded") }
        if record.isReceived { line.flag("received") }
        line.field("outcome", outcome.rawValue)
        if let refusal = record.refusal { line.field("reason", refusal.reason) }
        line.field("duration_ms", thousandths: Int(time.nanoseconds / 1000))
        line.end()
        if line.bytes.count >= Self.fullBuffer { flush() }
    }

    /// Hands over what waits.
    func flush() {
        guard lines > 0 else { return }
        sink(line.bytes, lines)
        line.removeAll()
        lines = 0
    }

    /// A method that HTTP knows; a client may write any word there.
    private static func name(of method: HTTPMethod) -> String {
        if case .RAW = method { "other" } else { method.rawValue }
    }
}
