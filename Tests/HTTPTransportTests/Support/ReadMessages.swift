import HTTPTransport
import NIOCore
import NIOHTTP1

/// What was read out of bytes, as text: one line for a head, with its fields, one for a body, one for an end or a fault.
struct ReadMessages: Equatable, CustomStringConvertible {
    static let limits = WireLimits(bytes: 4_000, fields: 20)

    private(set) var lines: [String] = []
    private var body: String?

    var description: String { lines.joined(separator: "\n") }
    var isRefused: Bool { lines.last?.hasPrefix("fault") ?? false }

    /// - Parameter stopsAtClose: whether nothing counts that follows a request after which the connection ends.
    static func requests(
        _ pieces: [[UInt8]],
        limits: WireLimits = limits,
        stopsAtClose: Bool = false
    ) -> ReadMessages {
        var read = ReadMessages()
        var goesOn = true
        var reader = RequestReader(limits: limits)
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            do throws(WireFault) {
                while let part = try reader.next() {
                    switch part {
                    case .head(let head):
                        read.head("\(head.head.method) \(head.head.uri)", head.head.headers)
                        goesOn = head.keepsAlive || !stopsAtClose
                    case .body(let bytes): read.body(bytes)
                    case .end:
                        read.end()
                        if !goesOn { return read }
                    }
                }
            } catch {
                read.fault("\(error)")
                return read
            }
        }
        read.flush()
        return read
    }

    static func responses(_ pieces: [[UInt8]], to method: HTTPMethod, isClosed: Bool = true) -> ReadMessages {
        var read = ReadMessages()
        var reader = ResponseReader(limits: limits)
        reader.expect(method)
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            do throws(WireFault) {
                while let part = try reader.next() {
                    switch part {
                    case .head(let head, _): read.head("\(head.status.code)", head.headers)
                    case .body(let bytes): read.body(bytes)
                    case .end: read.end()
                    }
                }
            } catch {
                read.fault("\(error)")
                return read
            }
        }
        if isClosed, reader.finish() != nil { read.end() }
        read.flush()
        return read
    }

    mutating func head(_ line: String, _ fields: HTTPHeaders) {
        let fields = fields.map { name, value in "\(name)=\(Self.trimmed(value))" }
        lines.append(([line] + fields).joined(separator: " | "))
    }

    mutating func body(_ bytes: ByteBuffer) { body = (body ?? "") + String(buffer: bytes) }

    mutating func end() {
        flush()
        lines.append("end")
    }

    mutating func fault(_ why: String) {
        flush()
        lines.append("fault \(why)")
    }

    mutating func flush() {
        if let body, !body.isEmpty { lines.append("body \(body)") }
        body = nil
    }

    private static func trimmed(_ value: String) -> String {
        String(value.drop { " \t".contains($0) }.reversed().drop { " \t".contains($0) }.reversed())
    }
}

extension String {
    /// The bytes in one piece.
    var whole: [[UInt8]] { [Array(utf8)] }

    /// The bytes one by one.
    var single: [[UInt8]] { utf8.map { [$0] } }

    /// The bytes cut in two, at every place.
    var halves: [[[UInt8]]] {
        let bytes = Array(utf8)
        return bytes.indices.map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
    }
}
