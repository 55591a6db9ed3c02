import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `What is counted of a request` {
    private func record(_ json: String..., isBatch: Bool = false) throws -> VisitRecord {
        var record = VisitRecord()
        record.carries(try json.map { try Story.message($0) }, isBatch: isBatch)
        return record
    }

    private func call(of tool: String) throws -> VisitRecord {
        try record(#"{"id":1,"method":"tools/call","params":{"name":"\#(tool)"}}"#)
    }

    @Test func `is its method, tool and revision`() throws {
        let call = try call(of: "echo")
        #expect(call.knownMethod.name == "tools/call" && call.tool == "echo" && call.calls == 1 && !call.isModern)
        let initialize = try record(Story.initialize)
        #expect(initialize.revision == .june2025 && initialize.tool == nil)
        let modern = try record(
            #"{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#
        )
        #expect(modern.isModern && modern.revision == .july2026)
    }

    @Test func `is never a method that a client made up`() throws {
        #expect(try record(#"{"id":1,"method":"steal/secrets"}"#).knownMethod == .other)
        let prompt = try record(#"{"id":1,"method":"prompts/get","params":{"name":"p"}}"#)
        #expect(prompt.tool == nil && prompt.knownMethod.name == "prompts/get")
    }

    @Test func `is a batch as such, with its requests`() throws {
        let batch = try record(
            #"{"id":1,"method":"ping"}"#,
            #"{"method":"notifications/initialized"}"#,
            #"{"id":2,"method":"ping"}"#,
            isBatch: true
        )
        #expect(batch.knownMethod == .batch && batch.calls == 2)
    }

    @Test func `has the outcome that the server gave it`() throws {
        var record = try call(of: "echo")
        record.answered(try Story.message(#"{"id":1,"result":{"content":[],"isError":false}}"#).envelope)
        #expect(record.settled(.ok, .complete) == .succeeded)
        record.answered(try Story.message(#"{"id":1,"result":{"content":[],"isError":true}}"#).envelope)
        #expect(record.settled(.ok, .complete) == .toolError)
        record.answered(try Story.message(#"{"id":1,"error":{"code":1,"message":""}}"#).envelope)
        #expect(record.settled(.ok, .complete) == .error)
        #expect(record.settled(.ok, .left) == .left)
        #expect(record.settled(.ok, .cut) == .failed)
    }

    @Test func `has the gateway's outcome where the server gave none`() throws {
        var record = try call(of: "echo")
        #expect(record.settled(.accepted, .complete) == .succeeded)
        #expect(record.settled(.misdirectedRequest, .complete) == .elsewhere)
        record.failed()
        #expect(record.settled(.ok, .complete) == .failed)
        record.refusal = .draining
        #expect(record.settled(.serviceUnavailable, .complete) == .refused)
        var passed = try call(of: "echo")
        passed.peer = HTTPTarget(host: "a", port: 1)
        #expect(passed.settled(.ok, .complete) == .forwarded)
    }

    @Test func `is counted by the replica that answers, and by nobody twice`() throws {
        var metrics = Metrics()
        var passed = try call(of: "echo")
        passed.peer = HTTPTarget(host: "a", port: 1)
        metrics.count(passed, .forwarded, seconds: 1)
        metrics.count(try call(of: "echo"), .elsewhere, seconds: 1)
        metrics.count(try record(#"{"method":"notifications/initialized"}"#), .succeeded, seconds: 1)
        #expect(metrics.calls.isEmpty && metrics.allLatency.count == 0)
        metrics.count(passed, .failed, seconds: 1)
        metrics.count(try call(of: "echo"), .succeeded, seconds: 1)
        #expect(metrics.callCount(Set(CallOutcome.allCases)) == 2 && metrics.allLatency.count == 2)
    }

    @Test func `counts refusals by their reason`() throws {
        var metrics = Metrics()
        var record = VisitRecord()
        record.refusal = .originNotAllowed("https://evil.example")
        for _ in 1...3 { metrics.count(record, .refused, seconds: 0) }
        #expect(metrics.refused == ["origin_not_allowed": 3])
        #expect(metrics.calls.isEmpty)
    }

    @Test func `names at most two hundred tools, and only those that the server knew`() {
        var names = ToolNames()
        func label(_ name: String?, isKnown: Bool) -> String {
            let index = names.index(of: name, isKnown: isKnown)
            return names[index]
        }
        #expect(label(nil, isKnown: true) == "")
        #expect(label("made-up", isKnown: false) == "other")
        for number in 1...200 { #expect(label("tool-\(number)", isKnown: true) == "tool-\(number)") }
        #expect(label("tool-201", isKnown: true) == "other")
        #expect(label("tool-7", isKnown: false) == "tool-7")
    }

    @Test(arguments: ["", "a b", "a\"b", "a\nb", "é", String(repeating: "a", count: 129)])
    func `has no label for a name that is none`(name: String) {
        var names = ToolNames()
        let index = names.index(of: name, isKnown: true)
        #expect(names[index] == "other")
    }
}
