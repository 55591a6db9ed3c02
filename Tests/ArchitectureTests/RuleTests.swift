import Testing

/// Each rule, shown what it is there to catch and what it must let pass.
@Suite struct `A rule` {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let path: String
        let text: String
        let lines: [Int]

        init(
            _ rule: String,
            _ text: String,
            in path: String = "Sources/TerminalView/Table.swift",
            breaksIn lines: [Int]
        ) {
            self.rule = rule
            self.path = path
            self.text = text
            self.lines = lines
        }

        var testDescription: String { "\(rule) in \(path), lines \(lines)" }
    }

    @Test(arguments: Case.words + Case.sizes + Case.namesAndArrows)
    func `bites where it should and nowhere else`(_ example: Case) throws {
        let rule = try #require(Rule.all.first { $0.name == example.rule })
        let file = SourceFile(path: example.path, text: example.text)
        let lines = rule.applies(file) ? rule.breaches(file).map(\.line) : []
        #expect(lines == example.lines)
    }

    @Test func `has an example that it bites`() {
        let bitten = Set((Case.words + Case.sizes + Case.namesAndArrows).filter { !$0.lines.isEmpty }.map(\.rule))
        #expect(Set(Rule.all.map(\.name)).subtracting(bitten) == [])
    }

    @Test func `names the place, what stands there and the remedy`() throws {
        let rule = try #require(Rule.all.first { $0.name == "a fault is an error" })
        let file = SourceFile(path: "Sources/MCPWire/Scanner.swift", text: "let a = 1\nfatalError(\"no\")\n")
        #expect(
            rule.findings(in: file) == [
                "Sources/MCPWire/Scanner.swift:2: a fault is an error: 'fatalError('. "
                    + "Remedy: throw a Problem; for a programmer's mistake use precondition"
            ]
        )
    }

    @Test func `spares the files it makes exceptions for`() throws {
        var rule = try #require(Rule.all.first { $0.name == "time is a parameter" })
        rule.exceptions = ["Sources/OperatorCommands/A.swift": "supplies the live effects"]
        #expect(rule.findings(in: SourceFile(path: "Sources/OperatorCommands/A.swift", text: "Date()\n")) == [])
        #expect(rule.findings(in: SourceFile(path: "Sources/OperatorCommands/B.swift", text: "Date()\n")).count == 1)
    }
}
