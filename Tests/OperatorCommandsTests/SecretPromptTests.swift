import FleetModel
import Foundation
import Testing

@testable import OperatorCommands

/// The prompt at a terminal of the test's own.
@Suite struct SecretPromptTests {
    /// What comes of typing `text` once the question is there.
    private func typed(_ text: String) throws -> Result<String, Problem> {
        var (keyboard, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&keyboard, &terminal, nil, nil, nil) == 0)
        let typist = keyboard
        defer {
            close(keyboard)
            close(terminal)
        }
        return Result { () throws(Problem) -> String in
            try SecretPrompt(terminal: terminal).ask("API_KEY: ") { shown in
                guard shown == "API_KEY: " else { return }
                let bytes = Array(text.utf8)
                #expect(write(typist, bytes, bytes.count) == bytes.count)
            }.reveal()
        }
    }

    @Test(arguments: ["hunter2", "é ü", "", String(repeating: "a", count: SecretPrompt.cut - 1)])
    func `a line is taken as it is`(_ line: String) throws {
        #expect(try typed(line + "\n").get() == line)
    }

    @Test(arguments: [0, 1, 900])
    func `a line that a terminal may have cut is refused`(_ more: Int) throws {
        let line = String(repeating: "a", count: SecretPrompt.cut + more)
        let problem = #expect(throws: Problem.self) { try typed(line + "\n").get() }
        #expect(problem?.summary == "the line is longer than a terminal hands over")
        #expect(problem?.hint == "give the value with --from-file <path>, or by a pipe")
    }

    @Test(arguments: ["-----BEGIN KEY-----\nhunter2\n", "hunter2\nhunter3"])
    func `a paste of more than one line is refused`(_ paste: String) throws {
        let problem = #expect(throws: Problem.self) { try typed(paste).get() }
        #expect(problem?.summary == "that was more than one line")
    }
}
