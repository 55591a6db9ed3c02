import NIOHTTP1
import Testing

@testable import GatewayRuntime
@testable import MCPWire

@Suite struct `A refusal` {
    private static let legacy: [Refusal] = [
        .originNotAllowed("https://evil.example"), .noSuchPath, .methodNotAllowed(allow: "POST, GET"), .notAcceptable,
        .notJSON, .bodyTooLarge(limit: 12_345), .malformed(MalformedJSON(offset: 7, reason: "a comma is missing")),
        .invalid("it has no method"), .batchNotAllowed, .emptyBatch, .duplicateID(.text("a\"b")), .missingSession,
        .unknownSession, .unsupportedVersion("1999-01-01"), .tooManySessions, .draining, .replicaGone, .overloaded,
        .serverSlow, .tooManyChildren, .unknownEvent,
    ]
    private static let door: [Refusal] = [
        .door(.hostNotAllowed), .door(.malformedCredentials(Challenge())), .door(.unauthorized(Challenge())),
        .door(.insufficientScope(Challenge())), .door(.signInUnavailable), .door(.rateExceeded(seconds: 7)),
    ]
    private static let modern: [Refusal] = [
        .eraMixed, .envelopeIncomplete(["a"]), .headerMismatch("Mcp-Method differs."),
        .unsupportedRevision("2099-01-01"), .unknownMethod("c"), .inputExpired, .unknownTask, .serversBusy,
    ]
    private static let all = legacy + modern + door

    @Test(arguments: all) func `has a status of its own kind and words`(refusal: Refusal) {
        #expect((400...599).contains(refusal.status.code))
        #expect(refusal.error.message.hasSuffix(".") || refusal.error.message.hasSuffix(")."))
        #expect(refusal.error.message.count > 15)
        #expect(!refusal.error.message.contains("Optional("))
    }

    @Test(arguments: legacy + door) func `uses no code that only the modern protocol has`(refusal: Refusal) {
        #expect(!(-32022 ... -32020).contains(refusal.error.code))
        #expect([-32700, -32600, -32603].contains(refusal.error.code))
    }

    @Test func `says what can be changed`() {
        #expect(Refusal.originNotAllowed("https://evil.example").error.message.contains("https://evil.example"))
        #expect(Refusal.methodNotAllowed(allow: "POST, GET").error.message.contains("POST, GET"))
        #expect(Refusal.bodyTooLarge(limit: 12_345).error.message.contains("12345"))
        let malformed = Refusal.malformed(MalformedJSON(offset: 7, reason: "a comma is missing"))
        #expect(malformed.error.message == "The body is not JSON: a comma is missing (byte 7).")
        #expect(Refusal.duplicateID(.text("a\"b")).error.message.contains(#""a\"b""#))
        #expect(Refusal.unsupportedVersion("1999-01-01").error.message.contains("1999-01-01"))
        #expect(Refusal.unsupportedVersion("1999-01-01").error.message.contains("2025-06-18"))
    }

    @Test func `of a revision says which ones are served`() {
        let data = Refusal.unsupportedRevision("2099-01-01").error.data
        #expect(data == #"{"supported":["2026-07-28"],"requested":"2099-01-01"}"#)
    }

    @Test func `says in its fields what HTTP has fields for`() {
        #expect(Refusal.methodNotAllowed(allow: "POST").headers == ["allow": "POST"])
        #expect(Refusal.draining.headers == ["retry-after": "1"])
        #expect(Refusal.tooManySessions.headers == ["retry-after": "1"])
        #expect(Refusal.unknownSession.status == .notFound)
        #expect(Refusal.missingSession.status == .badRequest)
    }
}
