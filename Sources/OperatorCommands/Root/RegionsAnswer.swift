import FleetModel
import TerminalView

/// An answer about regions, some of which may not have been had.
protocol RegionsAnswer: Answer {
    /// Why single regions are not in it.
    var problems: [Problem] { get }
    /// Whether the regions that are in it are as they should be.
    var isGood: Bool { get }
}

extension RegionsAnswer {
    var isGood: Bool { true }
}

extension Effects {
    /// Answers, tells the problems of single regions on stderr, and says how it ended.
    func tell(_ answer: some RegionsAnswer, as format: OutputFormat) -> Outcome {
        self.answer(answer, as: format)
        guard answer.problems.isEmpty else {
            // As JSON they stand in the answer.
            if format == .text { console.err(ProblemView.text(Problems(answer.problems), ink: errInk)) }
            return answer.problems.contains { $0.kind == .interrupted } ? .interrupted : .failed
        }
        return answer.isGood ? .done : .failed
    }
}
