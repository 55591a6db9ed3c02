import Testing

@testable import FleetModel

@Suite struct FleetTemplateTests {
    private func template(_ transport: Server.Transport, regions: [String] = ["eu-west-1"]) -> FleetTemplate {
        FleetTemplate(
            projectName: "my-mcp",
            environment: "dev",
            server: Server(transport: transport),
            regions: regions
        )
    }

    @Test(arguments: [
        ["python3", "-m", "my_server"], ["node", "server.js", "--port=8", "--", "-"],
        ["sh", "-c", "echo \"a: b\" # c"],
        ["run", "yes", "8000", "null", "~", "a,b", "[x]", "@a", "é", "tab\tnewline\n"],
    ])
    func `a command reads back word for word`(_ command: [String]) throws {
        let fleet = try FleetFile.parse(template(.stdio(command: command)).text)
        #expect(fleet.server.transport == .stdio(command: command))
    }

    @Test func `the answers are in the file`() throws {
        let fleet = try FleetFile.parse(
            template(.http(url: "http://127.0.0.1:9000/mcp"), regions: ["us-east-1", "ap-south-1"]).text
        )
        #expect(fleet.projectName == "my-mcp")
        #expect(fleet.server.transport == .http(url: "http://127.0.0.1:9000/mcp"))
        #expect(fleet.regions.map(\.name) == ["us-east-1", "ap-south-1"])
        #expect(fleet.regions.map(\.task.cpu) == [1024, 1024])
    }

    @Test func `every region of AWS can be written`() throws {
        for region in AWSRegion.all {
            let template = FleetTemplate(
                projectName: "a",
                environment: "dev",
                server: Server(transport: .stdio(command: ["x"])),
                regions: [region.name]
            )
            #expect(judge(template.text) == nil, "\(region.name)")
        }
    }

    @Test func `regions have networks of their own`() {
        #expect(Set(AWSRegion.all.map(\.networkNumber)).count == AWSRegion.all.count)
        #expect(Set(AWSRegion.all.map(\.name)).count == AWSRegion.all.count)
    }

    @Test func `each setting left as a comment is good once its mark is taken away`() throws {
        let lines = template(.stdio(command: ["x"])).text.split(separator: "\n", omittingEmptySubsequences: false)
        let keys = Set(SettingKey.allCases.map(\.rawValue)).subtracting(["url", "gateway_image"])
        var opened: Set<String> = []
        for (index, line) in lines.enumerated() {
            guard let rest = line.wholeMatch(of: /\ \ # ([a-z0-9_]+): (.+)/), keys.contains(String(rest.1)) else {
                continue
            }
            var changed = lines.map(String.init)
            changed[index] = "  \(rest.1): \(rest.2)"
            #expect(judge(changed.joined(separator: "\n")) == nil, "\(rest.1)")
            opened.insert(String(rest.1))
        }
        #expect(
            keys.subtracting(opened) == [
                "project_name", "environment", "command", "cpu", "memory", "desired_count", "vpc_cidr",
                "availability_zones", "subnet_cidrs", "enable_weekend_only", "enable_domain",
            ]
        )
    }
}
