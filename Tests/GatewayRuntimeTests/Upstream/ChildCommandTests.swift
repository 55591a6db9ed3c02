import CChildProcess
import Testing

@testable import GatewayRuntime

@Suite struct `A child's command` {
    private static let programs: Set<String> = ["/bin/sh", "/usr/bin/python3", "/opt/own/python3", "./server"]

    private func path(_ words: [String], _ environment: [String: String] = [:]) -> String? {
        ChildCommand.find(words, environment: environment) { Self.programs.contains($0) }?.path
    }

    @Test func `is found along PATH, in its order`() {
        #expect(path(["python3"], ["PATH": "/opt/own:/usr/bin"]) == "/opt/own/python3")
        #expect(path(["python3"], ["PATH": "/usr/bin:/opt/own"]) == "/usr/bin/python3")
        #expect(path(["python3"], ["PATH": "/nowhere"]) == nil)
    }

    @Test func `is found in the usual places where there is no PATH`() {
        #expect(path(["sh"]) == "/bin/sh")
        #expect(path(["python3"]) == "/usr/bin/python3")
    }

    @Test func `is taken by itself where its name holds a slash`() {
        #expect(path(["./server"], ["PATH": "/usr/bin"]) == "./server")
        #expect(path(["/opt/own/python3"], ["PATH": "/usr/bin"]) == "/opt/own/python3")
        #expect(path(["own/python3"], ["PATH": "/opt"]) == nil)
    }

    @Test(arguments: [[], [""]]) func `is not found without a name`(words: [String]) {
        #expect(path(words, ["PATH": "/bin"]) == nil)
    }

    @Test func `keeps its words as they were written, and its environment`() throws {
        let environment = ["PATH": "/bin", "A": "b c"]
        let command = try #require(
            ChildCommand.find(["sh", "-c", "echo  $A"], environment: environment) { Self.programs.contains($0) }
        )
        #expect(command.words == ["sh", "-c", "echo  $A"])
        #expect(command.environment == environment)
    }

    @Test func `sees the gateway's environment without the gateway's settings, but with its replica's name`() {
        let own = [
            "PATH": "/bin", "API_TOKEN": "t", "MY_SLIPWAY_X": "1", "SLIPWAY_FLEET_KEY": "secret", "SLIPWAY_PORT": "1",
            "SLIPWAY_REPLICA": "another",
        ]
        #expect(
            ChildCommand.environment(from: own, replica: "10.0.1.5:8001") == [
                "PATH": "/bin", "API_TOKEN": "t", "MY_SLIPWAY_X": "1", "SLIPWAY_REPLICA": "10.0.1.5:8001",
            ]
        )
    }

    @Test func `runs a program only where one is`() {
        #expect(slipway_is_program("/bin/sh"))
        #expect(!slipway_is_program("/etc/passwd"))
        #expect(!slipway_is_program("/no/such/program"))
    }
}
