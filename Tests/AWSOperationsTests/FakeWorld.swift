import Synchronization

@testable import AWSOperations

/// A world that answers what a test says, one answer after the other, and remembers what it was asked.
final class FakeWorld: Sendable {
    private struct State {
        var answers: [Result<WebResponse, WebFailure>]
        var requests: [WebRequest] = []
        var programs: [[String]] = []
        var pauses: [Duration] = []
    }

    private let state: Mutex<State>
    private let variables: [String: String]
    private let files: [String: String]
    private let program: ProgramAnswer

    init(
        _ answers: [Result<WebResponse, WebFailure>] = [],
        variables: [String: String] = [:],
        files: [String: String] = [:],
        program: ProgramAnswer = .missing
    ) {
        state = Mutex(State(answers: answers))
        self.variables = variables
        self.files = files
        self.program = program
    }

    var requests: [WebRequest] { state.withLock { $0.requests } }
    var programs: [[String]] { state.withLock { $0.programs } }
    var pauses: [Duration] { state.withLock { $0.pauses } }

    var surroundings: AWSSurroundings {
        AWSSurroundings(
            web: WebClient { request in
                self.state.withLock { state in
                    state.requests.append(request)
                    return state.answers.isEmpty
                        ? .failure(WebFailure("no more answers", mayHaveHappened: false)) : state.answers.removeFirst()
                }
            },
            variables: variables,
            readFile: { self.files[$0] },
            runProgram: { words in
                self.state.withLock { $0.programs.append(words) }
                return self.program
            },
            now: { 1_790_000_000 },
            pause: { pause in self.state.withLock { $0.pauses.append(pause) } },
            jitter: { $0 }
        )
    }

    static func answer(_ status: Int, _ body: String) -> Result<WebResponse, WebFailure> {
        .success(WebResponse(status: status, body: Array(body.utf8)))
    }
}
