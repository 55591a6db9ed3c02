import Synchronization
import TerraformDriver

/// How one run of Terraform ended.
struct TerraformRun: Sendable {
    let exitCode: Int32
    let progress: TerraformProgress
    /// Everything it wrote to stdout, where that is an answer rather than events.
    let answer: String
}

/// Gathers what a run writes, from the two tasks that read it.
final class TerraformTranscript: Sendable {
    private struct State {
        var progress = TerraformProgress()
        var answer: [String] = []
    }

    private let state = Mutex(State())

    /// The progress as of this line.
    func take(_ line: TerraformLine) -> TerraformProgress {
        state.withLock { state in
            state.progress.take(line)
            return state.progress
        }
    }

    func keep(_ text: String) { state.withLock { $0.answer.append(text) } }

    func run(_ exitCode: Int32) -> TerraformRun {
        state.withLock { state in
            TerraformRun(
                exitCode: exitCode, progress: state.progress, answer: state.answer.map { $0 + "\n" }.joined())
        }
    }
}
