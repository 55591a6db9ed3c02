import Testing

@testable import TerminalView

@Suite struct TableTests {
    @Test func `columns are aligned, numbers to the right, and no line ends in spaces`() {
        var table = Table(["REGION", "TASKS", "ZONES"])
        table.add(["eu-west-1", "2", "a b c"])
        table.add(["ap-southeast-1", "10", ""])
        #expect(
            table.text() == """
                REGION          TASKS  ZONES
                eu-west-1           2  a b c
                ap-southeast-1     10

                """
        )
    }

    @Test func `a table without rows is its headings`() {
        #expect(Table(["A", "B"]).text() == "A  B\n")
    }

    @Test func `a short row is filled and a long one cut`() {
        var table = Table(["A", "B"])
        table.add(["x"])
        table.add(["y", "z", "more"])
        #expect(table.text() == "A  B\nx\ny  z\n")
    }
}

@Suite struct AnswerTests {
    struct Greeting: Answer {
        let greetingText = "hello"
        let link = "a/b"

        func text(ink: Ink) -> String { greetingText + "\n" }
    }

    @Test func `one answer serves people and programs`() {
        #expect(Greeting().rendered(as: .text, ink: .plain) == "hello\n")
        #expect(
            Greeting().rendered(as: .json, ink: .plain) == """
                {
                  "greeting_text" : "hello",
                  "link" : "a/b"
                }

                """
        )
    }
}
