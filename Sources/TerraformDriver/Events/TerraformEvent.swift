/// One line of Terraform's `-json` output ("Machine-Readable UI"), as far as an operator is told of it.
package enum TerraformEvent: Equatable, Sendable {
    case planned(ResourceChange)
    case drifted(ResourceChange)
    /// What the plan, or the run, comes to.
    case summed(ChangeCount)
    case began(ResourceChange)
    /// Seconds since it began.
    case goesOn(ResourceChange, seconds: Int)
    case done(ResourceChange, seconds: Int)
    case failed(ResourceChange)
    case diagnostic(TerraformDiagnostic)
    /// What is passed on to the log and nowhere else, also of a Terraform that is newer than this program.
    case other
}

/// How many resources a plan or a run touches.
package struct ChangeCount: Equatable, Sendable, Encodable {
    package var add: Int
    package var change: Int
    package var remove: Int
    /// Brought into the state, which changes nothing in AWS.
    package var `import`: Int

    package init(add: Int = 0, change: Int = 0, remove: Int = 0, import: Int = 0) {
        self.add = add
        self.change = change
        self.remove = remove
        self.import = `import`
    }

    /// How many steps that is: a replacement is two.
    package var total: Int { add + change + remove + self.import }

    package var isNothing: Bool { total == 0 }

    /// Such as "31 to add, 2 to destroy".
    package var words: String {
        let parts = [(self.import, "import"), (add, "add"), (change, "change"), (remove, "destroy")]
        let said = parts.filter { $0.0 > 0 }.map { "\($0.0) to \($0.1)" }
        return said.isEmpty ? "no changes" : said.joined(separator: ", ")
    }
}
