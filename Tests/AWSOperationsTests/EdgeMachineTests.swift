import FleetModel
import Testing

@testable import AWSOperations

@Suite struct EdgeMachineTests {
    private func machine(_ world: FakeWorld) throws -> EdgeMachine {
        let fleet = try FleetFile.parse(
            "project_name: my-mcp\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n", named: "slipway.yaml")
        let client = AWSClient(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: Secret("b")),
            world.surroundings)
        return EdgeMachine(client, fleet, fleet.regions[0])
    }

    private static func stack(_ phase: String) -> Result<WebResponse, WebFailure> {
        FakeWorld.answer(
            200,
            """
            <R><DescribeStacksResult><Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus><Parameters><member>
            <ParameterKey>Phase</ParameterKey><ParameterValue>\(phase)</ParameterValue></member></Parameters></member>
            </Stacks></DescribeStacksResult></R>
            """
        )
    }

    @Test func `the machine that the clock starts is started, in the service's own account`() async throws {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:service/c/s"
        let world = FakeWorld([
            FakeWorld.answer(
                200,
                #"{"services": [{"serviceArn": "\#(arn)", "status": "ACTIVE", "desiredCount": 0, "runningCount": 0}]}"#),
            FakeWorld.answer(200, #"{"executionArn": "arn:e"}"#),
        ])
        #expect(try await machine(world).start(.up) == "arn:e")
        let request = try #require(world.requests.last)
        #expect(request.url == "https://states.eu-west-1.amazonaws.com/")
        #expect(request.headers.contains(WebRequest.Header("content-type", "application/x-amz-json-1.0")))
        #expect(request.headers.contains(WebRequest.Header("x-amz-target", "AWSStepFunctions.StartExecution")))
        let sent = String(decoding: request.body, as: UTF8.self).replacing("\\/", with: "/")
        #expect(
            sent.contains(
                #""stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:my-mcp-dev-eu-west-1-edge""#))
        #expect(sent.contains(#""input":"{\"phase\":\"up\",\"by\":\"operator\"}""#))
        #expect(sent.contains(#""name":"up-by-operator-1790000000""#))
    }

    @Test func `its end is waited for`() async throws {
        let world = FakeWorld([
            Self.stack("closed"), FakeWorld.answer(200, #"{"status": "RUNNING"}"#), Self.stack("edge"),
            FakeWorld.answer(200, #"{"status": "RUNNING"}"#), Self.stack("open"),
            FakeWorld.answer(200, #"{"status": "SUCCEEDED"}"#),
        ])
        try await machine(world).follow("arn:e", .up, within: 60) { _ in }
        #expect(world.pauses == [.seconds(5), .seconds(5)])
    }

    @Test(
        arguments: [
            ("FAILED", "EdgeIsStuck", "CloudFormation could not make or remove something of the edge."),
            ("FAILED", "NobodyIsHealthy", "Tasks did not come up within 15 minutes, so the public name stays away."),
            ("FAILED", "TasksStay", "Tasks did not go within 15 minutes, so the balancer stays too."),
            ("TIMED_OUT", nil, "It waited for another execution for most of an hour."),
            ("TIMED_OUT", "States.Timeout", "It waited for another execution for most of an hour."),
            ("ABORTED", "Mine", "Somebody stopped it."), ("FAILED", "States.Runtime", nil),
        ] as [(String, String?, String?)])
    func `its errors are told by name, with what they mean and what it says`(
        _ status: String,
        _ error: String?,
        _ meaning: String?
    ) async throws {
        let name = error.map { #", "error": "\#($0)", "cause": "The stack says no.""# } ?? ""
        let world = FakeWorld([Self.stack("edge"), FakeWorld.answer(200, #"{"status": "\#(status)"\#(name)}"#)])
        let machine = try machine(world)
        let problem = await #expect(throws: Problem.self) {
            try await machine.follow("arn:e", .down, within: 60) { _ in }
        }
        #expect(problem?.kind == .failed)
        #expect(problem?.summary == "the machine that was told to go down ended with \(error ?? status)")
        let words = [meaning, error.map { _ in "The stack says no." }].compactMap { $0 }.joined(separator: "\n")
        #expect(problem?.detail == words)
        #expect(problem?.hint?.contains("STACK") == false && problem?.hint?.contains("REGION") == false)
    }

    @Test func `a machine that takes too long goes on without us`() async throws {
        let world = FakeWorld([Self.stack("edge"), FakeWorld.answer(200, #"{"status": "RUNNING"}"#)])
        let machine = try machine(world)
        let problem = await #expect(throws: Problem.self) {
            try await machine.follow("arn:e", .up, within: 0) { _ in }
        }
        #expect(problem?.summary == "the machine that was told to go up was not done after 0 minutes")
    }
}
