import NIOHTTP1
import Testing

@testable import GatewayRuntime
@testable import MCPWire

@Suite struct `A refusal` {
    private static let all: [Refusal] = [
        .originNotAllowed("https://evil.example"), .noSuchPath, .methodNotAllowed(allow: "POST, GET"), .notAcceptable,
        .notJSON, .bodyTooLarge(limit: 12_345), .malformed(MalformedJSON(offset: 7, reason: "a comma is missing")),
        .invalid("it has no method"), .batchNotAllowed, .emptyBatch, .duplicateID(.text("a\"b")), .missingSession,
        .unknownSession, .unsupportedVersion("1999-01-01"), .modernNotServed, .tooManySessions, .draining,
        .replicaGone, .overloaded, .serverSlow, .unknownEvent, .tooManyChildren,
    ]

    /// Does not compile when a case is added, to be added to `all` too.
    private static func number(_ refusal: Refusal) -> Int {
        switch refusal {
        case .originNotAllowed: 0
        case .noSuchPath: 1
        case .methodNotAllowed: 2
        case .notAcceptable: 3
        case .notJSON: 4
        case .bodyTooLarge: 5
        case .malformed: 6
        case .invalid: 7
        case .batchNotAllowed: 8
        case .emptyBatch: 9
        case .duplicateID: 10
        case .missingSession: 11
        case .unknownSession: 12
        case .unsupportedVersion: 13
        case .modernNotServed: 14
        case .tooManySessions: 15
        case .draining: 16
        case .replicaGone: 17
        case .overloaded: 18
        case .serverSlow: 19
        case .unknownEvent: 20
        case .tooManyChildren: 21
        }
    }

    @Test func `is known here in all its cases`() { #expect(Self.all.map(Self.number) == Array(0...21)) }

    @Test(arguments: all) func `has a status of its own kind and words`(refusal: Refusal) {
        #expect((400...599).contains(refusal.status.code))
        #expect(refusal.error.message.hasSuffix(".") || refusal.error.message.hasSuffix(")."))
        #expect(refusal.error.message.count > 15)
        #expect(!refusal.error.message.contains("Optional("))
    }

    @Test(arguments: all) func `uses no code that only the modern protocol has`(refusal: Refusal) {
        #expect(!(-32022 ... -32020).contains(refusal.error.code))
        #expect([-32700, -32600, -32603].contains(refusal.error.code))
    }

    @Test func `says what can be changed`() {
        let words = Dictionary(uniqueKeysWithValues: Self.all.map { (Self.number($0), $0.error.message) })
        #expect(words[0]?.contains("https://evil.example") == true)
        #expect(words[2]?.contains("POST, GET") == true)
        #expect(words[5]?.contains("12345") == true)
        #expect(words[6] == "The body is not JSON: a comma is missing (byte 7).")
        #expect(words[10]?.contains(#""a\"b""#) == true)
        #expect(words[13]?.contains("1999-01-01") == true)
        #expect(words[13]?.contains("2025-06-18") == true)
    }

    @Test func `says in its fields what HTTP has fields for`() {
        #expect(Refusal.methodNotAllowed(allow: "POST").headers == ["allow": "POST"])
        #expect(Refusal.draining.headers == ["retry-after": "1"])
        #expect(Refusal.tooManySessions.headers == ["retry-after": "1"])
        #expect(Refusal.unknownSession.status == .notFound)
        #expect(Refusal.missingSession.status == .badRequest)
    }
}
