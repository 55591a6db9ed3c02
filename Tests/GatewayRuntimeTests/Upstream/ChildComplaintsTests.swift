import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `A child's complaints` {
    @Test func `are written up to so many a second, and the rest is counted`() {
        var complaints = ChildComplaints()
        let start = NIODeadline.now()
        for _ in 1...ChildComplaints.mostLines {
            let verdict = complaints.admit(now: start)
            #expect(verdict.isWritten && verdict.droppedBefore == 0)
        }
        for _ in 1...7 { #expect(complaints.admit(now: start + .milliseconds(900)) == (false, 0)) }
        #expect(complaints.admit(now: start + .seconds(2)) == (true, 7))
        #expect(complaints.admit(now: start + .seconds(2)) == (true, 0))
    }

    @Test func `are written without end where they come slowly`() {
        var complaints = ChildComplaints()
        let start = NIODeadline.now()
        for number in 1...1000 {
            #expect(complaints.admit(now: start + .milliseconds(20 * Int64(number))) == (true, 0))
        }
    }
}
