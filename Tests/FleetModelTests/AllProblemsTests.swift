import Testing

@testable import FleetModel

@Suite struct AllProblemsTests {
    @Test func `all problems come at once, sorted by line`() throws {
        let problems = try #require(
            judge(
                """
                project_name: Bad_Name
                server: { command: x }
                defaults: { cpu: 1000, cpu: 512, alb_port: 0 }
                regions:
                  eu-wset-1: { vpc_cidr: 8.8.0.0/16 }
                shedule: {}
                """
            )
        )
        #expect(
            problems.all.map(\.kind) == [
                .invalidValue, .wrongType, .duplicateKey, .invalidValue, .invalidValue, .invalidValue, .invalidValue,
                .unknownKey,
            ]
        )
        let lines = problems.all.map { problem -> Int? in
            guard case .file(_, let line, _) = problem.place else { return nil }
            return line
        }
        #expect(lines == [1, 2, 3, 3, 3, 5, 5, 6])
    }

    @Test func `a bad default is one problem, however many regions inherit it`() throws {
        let problems = try #require(
            judge(
                """
                project_name: a
                server: { command: [x] }
                defaults: { memory: 1024 }
                regions: { eu-west-1: {}, eu-west-2: {}, us-east-1: {} }
                """
            )
        )
        #expect(problems.all.count == 1)
    }

    @Test func `a key written three times is two problems`() throws {
        let text = """
            project_name: a
            project_name: b
            "project_name": c
            server: { command: [x] }
            regions: { eu-west-1: {} }
            """
        let problems = try #require(judge(text))
        #expect(problems.all.map(\.kind) == [.duplicateKey, .duplicateKey])
        #expect(problems.all.map(\.detail) == ["Line 1 has it already.", "Line 1 has it already."])
    }

    @Test func `no problem quotes the value of a secret`() throws {
        let text = """
            project_name: a
            api_key: hunter2
            server: { command: [x], password: hunter2 }
            defaults: { container_environment: { DB_PASSWORD: hunter2 } }
            regions: { eu-west-1: { secret: hunter2 } }
            """
        let problems = try #require(judge(text))
        #expect(problems.all.map(\.kind) == Array(repeating: .secretInFile, count: 4))
        #expect(!"\(problems)".contains("hunter2"))
    }

    @Test func `a misspelt setting far from every other lists what there is`() throws {
        let problems = try #require(
            judge("project_name: a\nserver: { command: [x], zzzzzzzzzzzz: 1 }\nregions: { eu-west-1: {} }")
        )
        #expect(problems.all.first?.hint == "the settings here are command, url, image, gateway_image, secret_keys")
    }
}
