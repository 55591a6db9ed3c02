import Testing

@testable import LocalFleet

/// What a gateway does when it does not do what it should.
@Suite(.timeLimit(.minutes(3)), .serialized) struct `A replica in trouble` {
    @Test func `may write a line of 200 KB and goes on`() async throws {
        let script = #"""
            trap 'exit 0' TERM
            head -c 200000 /dev/zero | tr '\0' x >&2; echo >&2
            echo "still here" >&2
            while :; do sleep 0.05; done
            """#
        let outcome = try await ReplicaStage.run(script) { stage in
            var line = try await stage.line()
            while line != nil, line != "still here" { line = try await stage.line() }
            #expect(line == "still here")
        }
        #expect(outcome.failure == nil)
    }

    @Test func `is killed where it does not stop when told to`() async throws {
        let script = #"""
            trap '' TERM
            echo "serving" >&2
            for second in 1 2 3 4 5 6 7 8 9 10; do sleep 1; done
            """#
        let outcome = try await ReplicaStage.run(script, clock: HurriedClock()) { stage in
            let line = try await stage.line()
            #expect(line == "serving")
        }
        #expect(outcome.events.last == .ended(replica: "replica-1", how: "signal 9", isReplaced: false))
    }
}
