import AWSOperations

@testable import OperatorCommands

extension AWSSurroundings {
    /// A world without anything in it.
    static let refusing: AWSSurroundings = AWSSurroundings(
        web: WebClient { _ in .failure(WebFailure("refused", mayHaveHappened: false)) }, variables: [:],
        readFile: { _ in nil }, runProgram: { _ in .missing }, now: { 0 },
        pause: { _ in }, jitter: { $0 }
    )
}
