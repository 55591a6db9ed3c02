extension `A rule`.Case {
    static let words: [Self] = [
        Self(
            "nothing is printed in passing",
            "print(\"a\")\nx.print(1)\nfunc blueprint() {}\n// print(x)\n",
            breaksIn: [1]
        ),
        Self("nothing is printed in passing", "print(1)\n", in: "Tests/MCPWireTests/A.swift", breaksIn: []),
        Self("nothing is printed in passing", "let a = \"print(1) \\(print(2))\"; print(3)\n", breaksIn: [1]),
        Self("the process is asked in one place", "\nlet a = ProcessInfo.processInfo\n", breaksIn: [2]),
        Self(
            "time is a parameter",
            "let a = Date()\nlet b = Date(timeIntervalSince1970: 0)\nlet c = Date.now\n",
            breaksIn: [1, 3]
        ),
        Self(
            "work has an owner",
            """
            Task { await a() }
            group.addTask { await a() }
            Task(priority: .low) {
            try await Task.sleep(for: .seconds(1))
            Task.detached { }
            struct TaskShape {
            Task<Void, Never> {
            """,
            breaksIn: [1, 3, 5, 7]
        ),
        Self("a fault is an error", "fatalError(\"no\")\n/* fatalError() */\n", breaksIn: [1]),
        Self("an error is handled", "let a = try! b()\nlet c = \"try! d\"\n", breaksIn: [1]),
        Self(
            "the compiler checks data races",
            "nonisolated(unsafe) var a = 1\nfinal class B: @unchecked Sendable {}\nnonisolated func c() {}\n",
            breaksIn: [1, 2]
        ),
        Self("an ignored error has its reason", "let a = try? b()\nlet c = try? d()  // gone already\n", breaksIn: [1]),
        Self("nothing is left for later", "let TODO = 1\n/// FIXME: soon\n", breaksIn: [2]),
        Self(
            "nothing is left for later",
            "a = 1\n# TODO: later\nb = \"# TODO\"\n",
            in: "terraform/region/main.tf",
            breaksIn: [2]
        ),
        Self("nothing is left for later", "/* a\n TODO b */\n", in: "Tests/MCPWireTests/A.swift", breaksIn: [2]),
    ]
}
