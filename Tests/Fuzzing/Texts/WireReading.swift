import HTTPTransport
import NIOCore
import NIOHTTP1

/// What came of bytes that were read as messages, however they were cut.
struct WireReading: Equatable {
    static let limits = WireLimits(bytes: 2_000, fields: 8)

    enum Event: Equatable {
        case request(HTTPRequestHead, BodyFraming, keepsAlive: Bool, expectsContinue: Bool)
        case response(HTTPResponseHead, keepsAlive: Bool)
        case body([UInt8])
        case end
        case fault
    }

    private(set) var events: [Event] = []

    /// Bytes as requests.
    init(requests pieces: [ArraySlice<UInt8>]) {
        var reader = RequestReader(limits: Self.limits)
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            do throws(WireFault) {
                while let part = try reader.next() {
                    switch part {
                    case .head(let head):
                        let event = Event.request(
                            head.head, head.body, keepsAlive: head.keepsAlive, expectsContinue: head.expectsContinue)
                        events.append(event)
                    case .body(let bytes): take(bytes)
                    case .end: events.append(.end)
                    }
                }
            } catch {
                events.append(.fault)
                return
            }
        }
    }

    /// Bytes as responses to such requests, after the last of which the connection ends.
    init(responses pieces: [ArraySlice<UInt8>], to methods: [HTTPMethod]) {
        var reader = ResponseReader(limits: Self.limits)
        var methods = methods[...]
        reader.expect(methods.removeFirst())
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            do throws(WireFault) {
                while let part = try reader.next() {
                    switch part {
                    case .head(let head, let keepsAlive): events.append(.response(head, keepsAlive: keepsAlive))
                    case .body(let bytes): take(bytes)
                    case .end:
                        events.append(.end)
                        if let method = methods.popFirst() { reader.expect(method) }
                    }
                }
            } catch {
                events.append(.fault)
                return
            }
        }
        if reader.finish() != nil { events.append(.end) }
    }

    /// A body is the same however it was cut.
    private mutating func take(_ bytes: ByteBuffer) {
        guard case .body(var body) = events.last else { return events.append(.body(Array(bytes.readableBytesView))) }
        body += Array(bytes.readableBytesView)
        events[events.count - 1] = .body(body)
    }

    /// Fields of the heads.
    var fields: [(name: String, value: String)] {
        events.flatMap { event -> [(name: String, value: String)] in
            switch event {
            case .request(let head, _, _, _): Array(head.headers)
            case .response(let head, _): Array(head.headers)
            case .body, .end, .fault: []
            }
        }
    }
}
