import Testing

@testable import FleetModel

/// Each row breaks one rule; the whole answer is the assertion.
@Suite struct FleetProblemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let kind: Problem.Kind
        let line: Int
        let summary: String
        var hint: String = ""

        var testDescription: String { summary }
    }

    @Test(arguments: structural + network + rest)
    func `one fault is one problem, with its line and the remedy`(_ row: Case) throws {
        let problems = try #require(judge(row.text))
        #expect(problems.all.count == 1, "\(problems.all)")
        let problem = try #require(problems.all.first)
        #expect(problem.kind == row.kind)
        #expect(problem.summary == row.summary)
        #expect(problem.hint?.contains(row.hint) == true || row.hint.isEmpty, "\(problem.hint ?? "no hint")")
        guard case .file("slipway.yaml", let line, _) = problem.place else {
            Issue.record("no place in \(problem)")
            return
        }
        #expect(line == row.line)
    }

    static let structural: [Case] = [
        Case(text: "- a\n", kind: .syntax, line: 1, summary: "the file is not a list of settings"),
        Case(text: "", kind: .syntax, line: 1, summary: "the file holds no settings", hint: "slipway init"),
        Case(
            text: "project_name: a\n\tserver: x\n", kind: .syntax, line: 2, summary: "this is not readable as YAML",
            hint: "spaces"
        ),
        Case(text: "a: b: c\n", kind: .syntax, line: 1, summary: "this is not readable as YAML", hint: "double quotes"),
        Case(
            text: file(top: "enviroment: dev"), kind: .unknownKey, line: 2, summary: "enviroment is not a setting",
            hint: "environment"
        ),
        Case(
            text: file(top: "api_key: hunter2"), kind: .secretInFile, line: 2,
            summary: "api_key is a secret, and this file is meant to be committed", hint: "slipway.env"
        ),
        Case(
            text: file(defaults: "container_image: x"), kind: .misplacedKey, line: 6,
            summary: "defaults.container_image is not written here", hint: "image under server"
        ),
        Case(
            text: file(top: "cpu: 1024"), kind: .misplacedKey, line: 2, summary: "cpu is not written here",
            hint: "`defaults`"
        ),
        Case(
            text: file(defaults: "vpc_cidr: 10.0.0.0/16"), kind: .misplacedKey, line: 6,
            summary: "defaults.vpc_cidr is not written here", hint: "under a region"
        ),
        Case(
            text: file(defaults: "cpu: 512\n  cpu: 512"), kind: .duplicateKey, line: 7,
            summary: "defaults.cpu is written twice", hint: "keep one"
        ),
        Case(
            text: file(regions: "eu-west-1: {}\n  eu-west-1: {}"), kind: .duplicateKey, line: 9,
            summary: "regions.eu-west-1 is written twice"
        ),
        Case(
            text: file(server: "command: python3 -m my_server"), kind: .wrongType, line: 4,
            summary: "server.command is not a list", hint: "[python3, -m, my_server]"
        ),
        Case(
            text: file(defaults: "memory: \"2048\""), kind: .wrongType, line: 6,
            summary: "defaults.memory is a text, not a number", hint: "2048 without quotes"
        ),
        Case(
            text: file(defaults: "create_alb: yes"), kind: .wrongType, line: 6,
            summary: "defaults.create_alb is neither true nor false", hint: "true or false"
        ),
        Case(
            text: file(defaults: "cpu:"), kind: .wrongType, line: 6, summary: "defaults.cpu has no value"
        ),
        Case(
            text: file(defaults: "container_environment: { A: 1, A: 2 }"), kind: .duplicateKey, line: 6,
            summary: "defaults.container_environment has A twice"
        ),
        Case(
            text: "server: { command: [x] }\nregions: { eu-west-1: {} }\n", kind: .missingKey, line: 1,
            summary: "project_name is missing", hint: "project_name: my-mcp"
        ),
        Case(
            text: "project_name: a\nregions: { eu-west-1: {} }\n", kind: .missingKey, line: 1,
            summary: "server is missing", hint: "command"
        ),
        Case(
            text: "project_name: a\nserver: { command: [x] }\n", kind: .missingKey, line: 1,
            summary: "regions is missing"
        ),
        Case(
            text: file(regions: "[eu-west-1]"), kind: .wrongType, line: 8, summary: "regions names no region"
        ),
    ]

    static let network: [Case] = [
        Case(
            text: file(regions: "eu-wset-2: {}"), kind: .invalidValue, line: 8,
            summary: "regions.eu-wset-2 is not a region of AWS", hint: "eu-west-2"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: 10.10.0.0/16 }\n  us-east-1: { vpc_cidr: 10.10.128.0/17 }"),
            kind: .conflict, line: 9, summary: "regions.us-east-1.vpc_cidr overlaps eu-west-1", hint: "10.20.0.0/16"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: 172.32.0.0/16 }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.vpc_cidr is public address space", hint: "10.10.0.0/16"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: 10.10.3.0/16 }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.vpc_cidr has bits set beyond its prefix: 10.10.3.0/16", hint: "10.10.0.0/16"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: 10.0.0.0/8 }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.vpc_cidr is a /8, and a region's network is /16 to /24"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: 10.0.0.0/28 }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.vpc_cidr is a /28, and a region's network is /16 to /24", hint: "/24"
        ),
        Case(
            text: file(regions: "eu-west-1: { vpc_cidr: ten }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.vpc_cidr is not a block of addresses: ten", hint: "10.10.0.0/16"
        ),
        Case(
            text: file(regions: "eu-west-1: { subnet_cidrs: [10.10.0.0/20, 10.10.16.0/20, 10.11.0.0/20] }"),
            kind: .conflict, line: 8,
            summary: "regions.eu-west-1.subnet_cidrs has 10.11.0.0/20, which is not inside the VPC"
        ),
        Case(
            text: file(regions: "eu-west-1: { subnet_cidrs: [10.10.0.0/20, 10.10.16.0/20, 10.10.8.0/21] }"),
            kind: .conflict, line: 8, summary: "regions.eu-west-1.subnet_cidrs has two subnets that overlap"
        ),
        Case(
            text: file(regions: "eu-west-1: { subnet_cidrs: [10.10.0.0/20, 10.10.16.0/20] }"), kind: .conflict, line: 8,
            summary: "regions.eu-west-1.subnet_cidrs has 2 of the 3 subnets it needs"
        ),
        Case(
            text: file(regions: "eu-west-1: { availability_zones: [eu-west-1a, eu-west-2b] }"), kind: .invalidValue,
            line: 8, summary: "regions.eu-west-1.availability_zones has eu-west-2b, not a zone of eu-west-1",
            hint: "eu-west-1a"
        ),
        Case(
            text: file(regions: "eu-west-1: { availability_zones: [eu-west-1a] }"), kind: .invalidValue, line: 8,
            summary: "regions.eu-west-1.availability_zones names one zone, and a load balancer needs two"
        ),
        Case(
            text: file(regions: "us-west-1: {}"), kind: .missingKey, line: 8,
            summary: "regions.us-west-1.availability_zones is missing", hint: "describe-availability-zones"
        ),
    ]

    static let rest: [Case] = [
        Case(
            text: file(regions: "ap-southeast-1: {}", name: "fifteen-letters"), kind: .invalidValue, line: 1,
            summary: "project_name is too long for ap-southeast-1 by 6 characters", hint: "take 6 off"
        ),
        Case(
            text: file(name: "My_MCP"), kind: .invalidValue, line: 1,
            summary: "project_name is not a name AWS allows: My_MCP", hint: "write my-mcp"
        ),
        Case(
            text: file(name: "internal-x"), kind: .invalidValue, line: 1,
            summary: "project_name starts with internal-, which AWS keeps for itself"
        ),
        Case(
            text: file(defaults: "memory: 1024"), kind: .conflict, line: 6,
            summary: "defaults.memory does not fit: Fargate has no task with cpu 1024 and memory 1024",
            hint: "memory: 2048"
        ),
        Case(
            text: file(defaults: "cpu: 256"), kind: .conflict, line: 6,
            summary: "defaults.cpu does not fit: Fargate has no task with cpu 256 and memory 3072", hint: "memory: 2048"
        ),
        Case(
            text: file(defaults: "cpu: 1000"), kind: .invalidValue, line: 6,
            summary: "defaults.cpu is 1000, a size Fargate does not have", hint: "1024"
        ),
        Case(
            text: file(defaults: "alb_port: 70000"), kind: .invalidValue, line: 6,
            summary: "defaults.alb_port is 70000, outside 1 to 65535"
        ),
        Case(
            text: file(defaults: "desired_count: -1"), kind: .invalidValue, line: 6,
            summary: "defaults.desired_count is -1, outside 0 to 1000"
        ),
        Case(
            text: file(defaults: "health_check_path: health"), kind: .invalidValue, line: 6,
            summary: "defaults.health_check_path does not start with /", hint: "/health"
        ),
        Case(
            text: file(defaults: "container_environment: { OPENAI_API_KEY: sk }"), kind: .secretInFile, line: 6,
            summary: "defaults.container_environment.OPENAI_API_KEY is a secret, and this file is meant to be committed"
        ),
        Case(
            text: file(server: "url: http://10.0.0.1/mcp"), kind: .invalidValue, line: 4,
            summary: "server.url is not an http address on this machine", hint: "127.0.0.1"
        ),
        Case(
            text: file(server: "url: http://127.0.0.1:8001/mcp"), kind: .conflict, line: 4,
            summary: "server.url uses port 8001, on which the gateway listens in eu-west-1", hint: "8000"
        ),
        Case(
            text: file(server: "image: x"), kind: .missingKey, line: 3,
            summary: "server says neither what to start nor where to call"
        ),
        Case(
            text: file(end: "schedule: { weekend_hours_start: 22, weekend_hours_end: 6 }"), kind: .conflict, line: 9,
            summary: "schedule.weekend_hours_end leaves no hours: the day would start at 22 and end at 6"
        ),
        Case(
            text: file(end: "schedule: { timezone: Europ/Berlin }"), kind: .invalidValue, line: 9,
            summary: "schedule.timezone is not a time zone: Europ/Berlin", hint: "Europe/Berlin"
        ),
        Case(
            text: file(end: "schedule: { enable_weekend_only: true, destroy_albs_when_scaled_down: true }"),
            kind: .conflict, line: 9, summary: "schedule.destroy_albs_when_scaled_down needs a domain"
        ),
        Case(
            text: file(end: "domain: { enable_domain: true }"), kind: .missingKey, line: 9,
            summary: "domain.enable_domain is true, and no domain is named", hint: "domain_name: example.com"
        ),
    ]

    /// Line 1 the name, 2 free, 3 and 4 the server, 5 and 6 the defaults, 7 and 8 the regions, 9 free.
    private static func file(
        top: String = "environment: dev",
        server: String = "command: [x]",
        defaults: String = "desired_count: 2",
        regions: String = "eu-west-1: {}",
        end: String = "",
        name: String = "my-mcp"
    ) -> String {
        """
        project_name: \(name)
        \(top)
        server:
          \(server)
        defaults:
          \(defaults)
        regions:
          \(regions)
        \(end)
        """
    }
}

/// The problems of a text, or nil when it is good.
func judge(_ text: String) -> Problems? {
    do {
        _ = try FleetFile.parse(text)
        return nil
    } catch {
        return error
    }
}
