import Testing

@testable import FleetModel

@Suite struct SecretTests {
    @Test func `a secret is redacted however it is printed`() {
        let secret = Secret("hunter2")
        var debugged = ""
        debugPrint(secret, to: &debugged)
        var dumped = ""
        dump(["key": secret], to: &dumped)
        let texts = ["\(secret)", String(describing: secret), String(reflecting: [secret]), debugged, dumped]
        #expect(texts.allSatisfy { $0.contains("[redacted]") && !$0.contains("hunter2") }, "\(texts)")
        #expect(secret.reveal() == "hunter2")
    }

    @Test func `names, quotes, comments and export are understood`() throws {
        let secrets = try SecretsFile.parse(
            """
            # a comment
            API_KEY=abc#def # and a comment

            export TOKEN = spaced out\u{20}
            SINGLE='a "b" \\n # c'
            DOUBLE="line\\nnext \\"q\\" \\$HOME" # c
            EMPTY=
            EQUALS=a=b=c\r
            """
        )
        #expect(
            secrets.mapValues { $0.reveal() } == [
                "API_KEY": "abc#def", "TOKEN": "spaced out", "SINGLE": "a \"b\" \\n # c",
                "DOUBLE": "line\nnext \"q\" $HOME", "EMPTY": "", "EQUALS": "a=b=c",
            ]
        )
    }

    @Test func `every bad line is a problem, and none quotes a value`() throws {
        let text = "hunter2\n1A=hunter2\nA=\"hunter2\nB='x' hunter2\nC=\"\\hunter2\"\nD=1\nD=hunter2\n"
        let problems = #expect(throws: Problems.self) { try SecretsFile.parse(text) }
        let all = try #require(problems?.all)
        #expect(
            all.map(\.summary) == [
                "this line is not NAME=value", "the name before = is not a name for an environment variable",
                "a quote is opened and never closed", "there is text after the closing quote",
                "a backslash in double quotes is followed by something with no meaning", "D is set twice",
            ]
        )
        #expect(all.map(\.place) == [1, 2, 3, 4, 5, 7].map { .file("slipway.env", line: $0) })
        #expect(!"\(all)".contains("hunter2"))
    }

    @Test func `the template holds no secret and no problem`() throws {
        #expect(try SecretsFile.parse(SecretsFile.template).isEmpty)
    }
}
