import Foundation
import Testing

@testable import LocalFleet

@Suite(.timeLimit(.minutes(3)), .serialized) struct `A replica` {
    /// Serves until it is told to stop, and says how.
    private static let obedient = """
        trap 'echo "stopping" >&2; exit 0' TERM
        echo "serving" >&2
        while :; do sleep 0.05; done
        """

    @Test func `is started with its command line and its environment, and its log lines come whole`() async throws {
        let script = """
            printf 'first ' >&2; printf 'half\\nlast half\\n' >&2
            for word in "$@"; do echo "word $word" >&2; done
            echo "key $SLIPWAY_FLEET_KEY" >&2
            """
        try await ReplicaStage.run(script + "\n" + Self.obedient) { stage in
            let process = try await stage.next {
                if case .started("replica-1", let process) = $0 { process } else { nil }
            }
            #expect((process ?? 0) > 0)
            #expect(try await stage.line() == "first half")
            #expect(try await stage.line() == "last half")
            let words = stage.service.plan.arguments(of: stage.service.replica)
            for word in words { #expect(try await stage.line() == "word \(word)") }
            #expect(try await stage.line() == "key the key")
            #expect(try await stage.line() == "serving")
        }
    }

    @Test func `is replaced when its process ends`() async throws {
        let script = #"""
            if [ ! -e "$folder/before" ]; then touch "$folder/before"; echo "dying" >&2; exit 7; fi
            """#
        try await ReplicaStage.run(script + "\n" + Self.obedient) { stage in
            #expect(try await stage.line() == "dying")
            let ended = try await stage.next { if case .ended = $0 { $0 } else { nil } }
            #expect(ended == .ended(replica: "replica-1", how: "exit code 7", isReplaced: true))
            #expect(try await stage.line() == "serving")
        }
    }

    @Test func `says by which signal its process ended`() async throws {
        let script = #"""
            if [ ! -e "$folder/before" ]; then touch "$folder/before"; kill -9 $$; fi
            """#
        try await ReplicaStage.run(script + "\n" + Self.obedient) { stage in
            let how = try await stage.next { if case .ended(_, let how, _) = $0 { how } else { nil } }
            #expect(how == "signal 9")
            #expect(try await stage.line() == "serving")
        }
    }

    @Test func `that keeps ending at once ends the fleet`() async throws {
        let outcome = try await ReplicaStage.run(#"echo "no luck" >&2; exit 3"#, clock: HurriedClock()) { stage in
            var lines = 0
            while try await stage.line() != nil { lines += 1 }
            // A life that a busy machine drew out is none of the short ones, and they are counted anew.
            #expect(lines >= ReplicaService.mostShortLives)
        }
        #expect(outcome.failure == .replicaKeepsEnding(replica: "replica-1", how: "exit code 3"))
    }

    @Test func `whose gateway can't be started ends the fleet`() async throws {
        let failure = try await ReplicaStage.runWithoutGateway().failure
        guard case .noGateway = failure else { Issue.record("\(String(describing: failure))"); return }
    }

    @Test func `is told to stop and waited for`() async throws {
        let script = #"""
            trap 'echo "draining" >&2; sleep 0.3; touch "$folder/drained"; exit 0' TERM
            echo "serving" >&2
            while :; do sleep 0.05; done
            """#
        let outcome = try await ReplicaStage.run(script) { stage in
            let line = try await stage.line()
            #expect(line == "serving")
        }
        #expect(outcome.failure == nil)
        #expect(
            outcome.events == [
                .logged(replica: "replica-1", line: "draining"),
                .ended(replica: "replica-1", how: "exit code 0", isReplaced: false),
            ]
        )
        #expect(outcome.files.contains("drained"))
    }

    @Test func `has an open standard input for as long as the service runs`() async throws {
        let script = #"""
            exec 3<&0
            cat <&3 >/dev/null 2>&1 &
            reader=$!
            trap 'kill -0 $reader && echo "input is open" >&2; kill $reader; exit 0' TERM
            echo "serving" >&2
            wait $reader
            echo "input was closed" >&2
            """#
        let outcome = try await ReplicaStage.run(script) { stage in
            let line = try await stage.line()
            #expect(line == "serving")
        }
        #expect(outcome.events.first == .logged(replica: "replica-1", line: "input is open"))
    }

    @Test func `has its last words reported, however many they are`() async throws {
        let script =
            #"if [ -e "$folder/before" ]; then exec sleep 100; fi; touch "$folder/before""# + "\n"
            + "seq 1 3000 | sed 's/^/line /' >&2; exit 3"
        try await ReplicaStage.run(script) { stage in
            for number in 1...3000 {
                let line = try await stage.next { event -> String? in
                    switch event {
                    case .logged(_, let line): line
                    case .ended: "the end"
                    case .started, .ready: nil
                    }
                }
                guard line == "line \(number)" else {
                    Issue.record("\(line ?? "nothing") instead of \(number)"); return
                }
            }
        }
    }
}
