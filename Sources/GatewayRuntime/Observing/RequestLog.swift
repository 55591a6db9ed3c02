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

    private let format: LogFormat
    private let eventLoop: any EventLoop
    private let sink: (ByteBufferView, _ lines: Int) -> Void
    private var waiting = ByteBuffer()
    private var lines = 0
    private var clock = TimestampClock()

    /// - Parameter sink: takes whole lines.
    init(_ format: LogFormat, eventLoop: any EventLoop, sink: @escaping (ByteBufferView, _ lines: Int) -> Void) {
        self.format = format
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
        let now = clock.read()
        let owner = record.peer?.description ?? own
        let room = RequestLine.longest + owner.utf8.count
        waiting.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { room in
            var line = RequestLine(format, in: room)
            line.begin(now)
            Self.describe(exchange, record, owner: owner, in: &line)
            line.field("outcome", outcome.rawValue)
            if let refusal = record.refusal { line.field("reason", refusal.reason) }
            line.field("duration_ms", thousandths: Int(time.nanoseconds / 1000))
            line.end()
            return line.isWhole ? line.count : 0
        }
        if waiting.readableBytes >= Self.fullBuffer { flush() }
    }

    private static func describe(
        _ exchange: HTTPExchange,
        _ record: VisitRecord,
        owner: String,
        in line: inout RequestLine
    ) {
        line.field("request", record.names.request)
        if let trace = record.names.trace, trace != record.names.request { line.field("trace", trace) }
        line.field("http", name(of: exchange.head.method))
        if let status = exchange.status { line.field("status", Int(status.code)) }
        if let session = record.session { line.field("session", session.short) }
        line.field("era", record.isModern ? "modern" : "legacy")
        if let revision = record.revision { line.field("revision", revision.rawValue) }
        if record.isBatch || record.method != .none { line.field("method", record.knownMethod.name) }
        if let tool = record.tool { line.field("tool", ToolNames.isPlain(tool) ? tool : ToolNames.other) }
        line.field("owner", owner)
        if record.peer != nil { line.flag("forwarded") }
        if record.isReceived { line.flag("received") }
    }

    /// Hands over what waits.
    func flush() {
        guard lines > 0 else { return }
        sink(waiting.readableBytesView, lines)
        waiting.clear()
        lines = 0
    }

    /// A method that HTTP knows; a client may write any word there.
    private static func name(of method: HTTPMethod) -> String {
        if case .RAW = method { "other" } else { method.rawValue }
    }
}
