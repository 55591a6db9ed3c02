extension `A rule`.Case {
    private static func function(_ head: String, lines: Int) -> String {
        let body = Array(repeating: "    a(\"{\") // {", count: lines - 2)
        return ([head + " {"] + body + ["}"]).joined(separator: "\n") + "\n"
    }

    static let sizes: [Self] = [
        Self("a file has at most 300 lines", String(repeating: "a()\n", count: 300), breaksIn: []),
        Self("a file has at most 300 lines", String(repeating: "a()\n", count: 301), breaksIn: [301]),
        Self(
            "a file has at most 300 lines",
            String(repeating: "a = 1\n", count: 301),
            in: "terraform/region/main.tf",
            breaksIn: [301]
        ),
        Self(
            "a file has at most 300 lines",
            String(repeating: "\n", count: 301),
            in: "Tests/MCPWireTests/A.swift",
            breaksIn: [301]
        ),
        Self("a function has at most 40 lines", function("func a()", lines: 40), breaksIn: []),
        Self("a function has at most 40 lines", function("func a()", lines: 41), breaksIn: [1]),
        Self("a function has at most 40 lines", function("    init(a: Int = b { 1 })", lines: 41), breaksIn: [1]),
        Self("a function has at most 40 lines", function("var a: [Int]", lines: 41), breaksIn: [1]),
        Self(
            "a function has at most 40 lines",
            function("    a(\n        b: Int\n    ) async", lines: 41),
            breaksIn: []
        ),
        Self(
            "a function has at most 40 lines",
            function("func a(\n    b: Int\n) async throws -> Int\nwhere C: D", lines: 41),
            breaksIn: [1]
        ),
        Self(
            "a function has at most 40 lines",
            "protocol A {\n    func b()\n    init(c: Int)\n}\n" + function("struct D", lines: 60),
            breaksIn: []
        ),
        Self(
            "a function has at most 40 lines",
            "struct A {\n" + function("    func b() -> C", lines: 30) + function("    func d()", lines: 50) + "}\n",
            breaksIn: [32]
        ),
        Self(
            "a function has at most 40 lines",
            function("func a()", lines: 90),
            in: "Tests/MCPWireTests/A.swift",
            breaksIn: []
        ),
    ]
}
