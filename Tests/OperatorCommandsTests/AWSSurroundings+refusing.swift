import AWSOperations

@testable import OperatorCommands

extension AWSSurroundings {
    /// A world without anything in it, where no time passes.
    ///
    /// A pause still lets others go on: two waits that never end would otherwise keep both threads of a small machine,
    /// and whoever is to end them would have none.
    static let refusing: AWSSurroundings = AWSSurroundings(
        web: WebClient { _ in .failure(WebFailure("refused", mayHaveHappened: false)) }, variables: [:],
        readFile: { _ in nil }, runProgram: { _ in .missing }, now: { 0 },
        pause: { _ in await Task.yield() }, jitter: { $0 }
    )
}
