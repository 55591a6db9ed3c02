import Testing

/// The house rules, held against every file there is.
@Suite struct `The source tree` {
    @Test(arguments: Rule.all)
    func `keeps the rule`(_ rule: Rule) {
        let findings = SourceTree.files.flatMap(rule.findings(in:))
        #expect(findings.isEmpty, Comment(rawValue: "\n" + findings.joined(separator: "\n")))
    }

    @Test func `was found, with each target in the table of rooms and the other way round`() {
        #expect(SourceTree.files.count > 50)
        let swiftTargets = SourceTree.targets
        #expect(swiftTargets.isSubset(of: Room.names))
        #expect(Room.names.subtracting(swiftTargets) == ["CChildProcess"])
    }

    @Test func `has the files its rules make exceptions for`() {
        let exceptions = Set(Rule.all.flatMap(\.exceptions.keys))
        #expect(exceptions.subtracting(SourceTree.files.map(\.path)) == [])
    }
}

extension Rule: CustomTestStringConvertible {
    var testDescription: String { name }
}
