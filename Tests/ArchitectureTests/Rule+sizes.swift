/// How long a file and a function may be.
extension Rule {
    static let longestFile = 300
    static let longestFunction = 40

    static let sizes: [Rule] = [
        // Tests too: one finds one's way in a long test file no better than in a long source file.
        Rule(
            name: "a file has at most \(longestFile) lines",
            remedy: "move a type, or an extension as Type+topic.swift, to a file of its own",
            applies: { _ in true },
            breaches: { file in
                guard file.code.count > longestFile else { return [] }
                return [Breach(line: file.code.count, what: "it has \(file.code.count)")]
            }
        ),
        // Not tests: a test is a story, and a story cut into functions hides the order in which things happened.
        // Not Terraform: its longest blocks are lists of facts, and a list has no steps to name.
        Rule(
            name: "a function has at most \(longestFunction) lines",
            remedy: "name a step of it and move the step to a function of its own",
            applies: { $0.isProduct },
            breaches: { file in
                FunctionSpan.all(in: file.code).filter { $0.lines > longestFunction }.map {
                    Breach(line: $0.firstLine, what: "'\($0.name)' has \($0.lines)")
                }
            }
        ),
    ]
}
