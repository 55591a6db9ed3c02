import FleetModel

/// The machine that opens and closes a region's edge: the same one that the clock starts
/// (`terraform/region/edge-machine.tf`).
package struct EdgeMachine: Sendable {
    /// How long one run is waited for unless somebody says otherwise, in seconds: a little more than it may take.
    package static let patience = 3600

    private static let interval = Duration.seconds(5)

    private let client: AWSClient
    private let reader: ServiceReader
    private let name: String

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        reader = ServiceReader(client, fleet, region)
        name = ResourceNames(fleet, region).edge
    }

    package func state() async throws(Problem) -> EdgeState {
        let answer = try await client.query(.cloudFormation, "DescribeStacks", [("StackName", name)])
        guard let stack = answer.members("Stacks").first,
            let phase = stack.members("Parameters").first(where: { $0.text("ParameterKey") == "Phase" })?
                .text("ParameterValue")
        else {
            throw Problem(
                .notFound, at: .region(client.region), "the stack \(name) has no phase",
                detail: "Terraform makes it when the region is applied.", hint: "apply the region first"
            )
        }
        return EdgeState(phase: phase, stack: stack.text("StackStatus") ?? "")
    }

    /// Starts the machine; the execution's ARN. Within the same second it is the same execution.
    package func start(_ phase: SchedulePhase) async throws(Problem) -> String {
        let answer: StartAnswer = try await client.call(
            .stepFunctions, "StartExecution",
            StartRequest(
                stateMachineArn: try await arn(), name: "\(phase.rawValue)-by-operator-\(client.now)",
                input: #"{"phase":"\#(phase.rawValue)","by":"operator"}"#
            )
        )
        return answer.executionArn
    }

    /// Looks until the execution has ended; each new state of the edge is told. Throws where it did not succeed.
    package func follow(
        _ execution: String,
        _ phase: SchedulePhase,
        within seconds: Int,
        _ tell: @Sendable (EdgeState) -> Void
    ) async throws(Problem) {
        let end = client.now + seconds
        var told: EdgeState?
        while true {
            let state = try await state()
            if state != told { tell(state) }
            told = state
            let one: ExecutionAnswer = try await client.call(
                .stepFunctions, "DescribeExecution", ExecutionRequest(executionArn: execution))
            if one.status != "RUNNING" {
                let ended = EdgeExecution(status: one.status, error: one.error, cause: one.cause)
                guard let problem = ended.problem(phase, stack: name, in: client.region) else { return }
                throw problem
            }
            guard client.now < end else { throw overdue(phase, execution, after: seconds) }
            try await client.pause(Self.interval)
        }
    }

    private func overdue(_ phase: SchedulePhase, _ execution: String, after seconds: Int) -> Problem {
        Problem(
            .failed, at: .region(client.region),
            "the machine that was told to go \(phase.rawValue) was not done after \(seconds / 60) minutes",
            detail: "It goes on by itself.",
            hint: "see where it is: aws stepfunctions get-execution-history --region \(client.region) --reverse-order "
                + "--max-items 5 --execution-arn \(execution)"
        )
    }

    /// The account is the service's: `arn:aws:ecs:eu-west-1:123456789012:service/...`.
    private func arn() async throws(Problem) -> String {
        let parts = try await reader.description().serviceArn?.split(separator: ":") ?? []
        guard parts.count > 4 else {
            throw client.strange(.ecs, "DescribeServices", detail: "The service's ARN names no account.")
        }
        return "arn:\(parts[1]):states:\(client.region):\(parts[4]):stateMachine:\(name)"
    }

    private struct StartRequest: Encodable {
        let stateMachineArn: String
        let name: String
        let input: String
    }

    private struct StartAnswer: Decodable {
        let executionArn: String
    }

    private struct ExecutionRequest: Encodable {
        let executionArn: String
    }

    private struct ExecutionAnswer: Decodable {
        let status: String
        let error: String?
        let cause: String?
    }
}
