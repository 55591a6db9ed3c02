import Testing

@testable import TerraformDriver

/// The lines are those of Terraform 1.11.4.
@Suite struct TerraformLineTests {
    @Test func `a planned change has its address and its action`() {
        let line = TerraformLine(
            #"{"@level":"info","@message":"aws_vpc.main: Plan to create","@module":"terraform.ui","@timestamp":"2026-11-23T08:20:48.833625Z","change":{"resource":{"addr":"aws_vpc.main","module":"","resource":"aws_vpc.main","implied_provider":"aws","resource_type":"aws_vpc","resource_name":"main","resource_key":null},"action":"create"},"type":"planned_change"}"#
        )
        #expect(line.event == .planned(ResourceChange(address: "aws_vpc.main", action: .create)))
        #expect(line.words == "2026-11-23T08:20:48.833625Z aws_vpc.main: Plan to create")
    }

    @Test(arguments: [
        ("apply_start", TerraformEvent.began(lock)), ("apply_progress", .goesOn(lock, seconds: 12)),
        ("apply_complete", .done(lock, seconds: 12)), ("apply_errored", .failed(lock)),
    ])
    func `the steps of an apply are told apart`(type: String, event: TerraformEvent) {
        let line = TerraformLine(
            #"{"@message":"m","hook":{"resource":{"addr":"aws_lb.main[0]"},"action":"create","elapsed_seconds":12},"type":"\#(type)"}"#
        )
        #expect(line.event == event)
    }

    private static let lock = ResourceChange(address: "aws_lb.main[0]", action: .create)

    @Test func `a summary counts what is imported too`() {
        let line = TerraformLine(
            #"{"@message":"Plan","changes":{"add":3,"change":1,"import":2,"remove":4,"operation":"plan"},"type":"change_summary"}"#
        )
        #expect(line.event == .summed(ChangeCount(add: 3, change: 1, remove: 4, import: 2)))
        #expect(
            ChangeCount(add: 3, change: 1, remove: 4, import: 2).words
                == "2 to import, 3 to add, 1 to change, 4 to destroy")
        #expect(ChangeCount().words == "no changes")
    }

    @Test func `an error keeps Terraform's words, also in the log`() {
        let line = TerraformLine(
            #"{"@level":"error","@message":"Error: Invalid index","@timestamp":"T","diagnostic":{"severity":"error","summary":"Invalid index","detail":"The collection has no elements.","address":"aws_lb.main"},"type":"diagnostic"}"#
        )
        guard case .diagnostic(let diagnostic) = line.event else {
            Issue.record("no diagnostic: \(line.event)")
            return
        }
        #expect(diagnostic.words == "aws_lb.main: Invalid index\nThe collection has no elements.")
        #expect(diagnostic.isError && diagnostic.lockID == nil)
        #expect(line.words == "T Error: Invalid index\nThe collection has no elements.")
    }

    @Test func `the id of somebody else's lock is read from the error`() {
        let diagnostic = TerraformDiagnostic(
            isError: true, summary: "Error acquiring the state lock",
            detail:
                "Error message: S3: 412, RequestID: a, HostID: b, api error\nLock Info:\n  ID:        1111-2222\n  Path:      a\n  Who:       me@laptop\n"
        )
        #expect(diagnostic.lockID == "1111-2222")
    }

    @Test(arguments: [
        "", "panic: runtime error", "{ half", #"{"type":"planned_change"}"#,
        #"{"type":"of the future","@message":"m"}"#,
    ])
    func `what is not known is kept for the log and is no event`(text: String) {
        let line = TerraformLine(text)
        #expect(line.event == .other)
        #expect(line.words.hasSuffix(text.contains("@message") ? "m" : text))
    }

    @Test func `progress is the sum of the lines`() {
        let (vpc, lb) = (ResourceChange(address: "aws_vpc.main", action: .create), Self.lock)
        var progress = TerraformProgress()
        func take(_ type: String, _ address: String) {
            progress.take(
                TerraformLine(
                    #"{"hook":{"resource":{"addr":"\#(address)"},"action":"create","elapsed_seconds":9},"type":"\#(type)"}"#
                ))
        }
        take("apply_start", vpc.address)
        take("apply_start", lb.address)
        take("apply_progress", lb.address)
        take("apply_complete", vpc.address)
        #expect(progress.finished == 1)
        #expect(progress.running == [TerraformProgress.Step(change: lb, seconds: 9)])
        take("apply_errored", lb.address)
        #expect(progress.finished == 1 && progress.running.isEmpty)
    }
}
