import Testing

@Suite struct `A text scanner` {
    @Test(arguments: [
        ("let a = 1 // b", "let a = 1 ", "// b"),
        (#"let a = "b // c" // d"#, #"let a = "" "#, "// d"),
        (##"let a = #"b " { c"# + e"##, #"let a = "" + e"#, ""),
        (#"let a = "b \(c("}")) {" + d"#, #"let a = "" + d"#, ""),
        (#"let a = "\\" // b"#, #"let a = "" "#, "// b"),
        ("a /* b /* c */ d */ e", "a  e", "/* b /* c */ d */"),
        ("func `a { b`() {", "func ``() {", ""),
    ])
    func `tells code from comments and strings`(_ text: String, _ code: String, _ comment: String) {
        let file = SourceFile(path: "Sources/MCPWire/A.swift", text: text)
        #expect(file.code == [code])
        #expect(file.comments == [comment])
    }

    @Test func `keeps the lines of a string that has several`() {
        let text = "let a = \"\"\"\n    { // b\n    \\(c)\n    \"\"\" + d\ne\n"
        let file = SourceFile(path: "Sources/MCPWire/A.swift", text: text)
        #expect(file.code == [#"let a = """#, "", "", " + d", "e"])
    }

    @Test func `knows Terraform's comments, interpolation and heredocs`() {
        let text = "a = \"${b[\"c\"]}#\" # d\ne = <<-EOT\n  { # f\n  EOT\ng {\n}\n"
        let file = SourceFile(path: "terraform/region/main.tf", text: text)
        #expect(file.code == [#"a = "" "#, "e = ", "", "", "g {", "}"])
        #expect(file.comments.joined() == "# d")
    }
}
