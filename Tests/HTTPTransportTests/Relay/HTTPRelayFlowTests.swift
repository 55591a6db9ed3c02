import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// How much the relay holds while one side does not keep up.
@Suite(.timeLimit(.minutes(3)), .serialized) struct `The relay's flow` {
    private static let total = 32 * 1024 * 1024

    @Test func `passes 32 MB down unchanged, no faster than the client reads`() async throws {
        try await Loopback.run { net in
            let source = NIOLoopBoundBox.makeEmptyBox(valueType: Flood.self, eventLoop: net.loop)
            let origin = try await net.serve { exchange in
                let flood = Flood(Self.total)
                source.value = flood
                exchange.start(.ok, [:])
                exchange.onWritable = { flood.pour(into: exchange) }
                flood.pour(into: exchange)
            }
            let relay = try await net.relay(to: origin.target)
            let sink = try await net.slowCall(.GET, to: relay.target)
            #expect(try await sink.events.next() == "head")
            let accepted = try await net.quiet { source.value?.poured ?? 0 }
            // Both hops' socket buffers hold some megabytes; the rest has to wait at its source.
            #expect(accepted < Self.total * 3 / 4)
            try await sink.resume()
            let event = try await sink.events.next()
            #expect(event == "end")
            #expect(try await sink.isWhole(Self.total))
        }
    }

    @Test func `passes 32 MB up unchanged, no faster than the server reads`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let origin = try await net.serve { exchange in held.value = exchange }
            let relay = try await net.relay(to: origin.target)
            let headers: HTTPHeaders = ["content-length": "\(Self.total)"]
            let upload = try await net.slowCall(.POST, headers, to: relay.target)
            try await upload.pour(Self.total)
            let accepted = try await net.quiet { [flood = upload.flood] in flood.value.poured }
            // Both hops' socket buffers hold some megabytes; the rest has to wait at its source.
            #expect(accepted < Self.total * 3 / 4)
            let whole = Happenings<Bool>()
            try await net.loop.submit {
                held.value?.collectBody(limit: Self.total) { body in
                    let bytes = (try? body.get()) ?? ByteBuffer()
                    whole.report(bytes == Flood.bytes(Self.total))
                    held.value?.respond(.ok)
                }
            }.get()
            #expect(try await whole.next() == true)
            #expect(try await upload.events.next() == "head")
        }
    }
}
