import Testing

@testable import FleetModel

/// Where a rule begins and ends.
@Suite struct RuleEdgeTests {
    private func summaries(_ extra: String, regions: String = "eu-west-1: {}") -> [String] {
        let text = "project_name: my-mcp\nserver: { command: [x] }\nregions: { \(regions) }\n\(extra)\n"
        return judge(text)?.all.map(\.summary) ?? []
    }

    @Test(arguments: [
        ("http://127.0.0.1:8000/mcp", 8000), ("http://localhost/mcp", 80), ("HTTP://LOCALHOST:9", 9),
        ("http://127.8.9.1:65535", 65535), ("http://[::1]:8080/mcp?x=1", 8080), ("http://127.0.0.1/a@b", 80),
    ])
    func `an address on this machine is taken with its port`(_ text: String, _ port: Int) {
        #expect(LoopbackURL(text)?.port == port)
    }

    @Test(arguments: [
        "https://127.0.0.1/mcp", "http://127.0.0.1.example.com/mcp", "http://localhost.example.com",
        "http://user:pw@localhost",
        "http://127.0.0.1:80@example.com/", "http://128.0.0.1", "http://[::2]", "http://127.0.0.1:0",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:+80", "http://127.0.0.1:", "http:// 127.0.0.1", "localhost:8000", "http://", "http://127.1",
        "http://0.0.0.0:8000",
    ])
    func `an address elsewhere, or none, is not`(_ text: String) {
        #expect(LoopbackURL(text) == nil)
    }

    @Test(arguments: ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince"])
    func `time zones of every shape are taken`(_ zone: String) {
        #expect(summaries("schedule: { timezone: \(zone) }").isEmpty)
    }

    @Test(arguments: ["CET", "Berlin", "Europe/", "Europe/Berlin/", "europe/berlin", "Mars/Olympus", "+02:00"])
    func `what is no time zone is refused`(_ zone: String) {
        #expect(summaries("schedule: { timezone: \"\(zone)\" }") == ["schedule.timezone is not a time zone: \(zone)"])
    }

    @Test func `a day must last an hour at least, and may end at midnight`() {
        #expect(summaries("schedule: { weekend_hours_start: 23, weekend_hours_end: 24 }").isEmpty)
        #expect(summaries("schedule: { weekend_hours_start: 0, weekend_hours_end: 1 }").isEmpty)
        #expect(summaries("schedule: { weekend_hours_start: 6, weekend_hours_end: 6 }").count == 1)
        #expect(summaries("schedule: { weekend_hours_start: 22 }").count == 1)
        #expect(summaries("schedule: { weekend_hours_end: 25 }").count == 1)
    }

    @Test func `a value that cannot be read is not judged as if it were the standard`() {
        #expect(summaries("defaults: { cpu: many, memory: 512 }") == ["defaults.cpu is not a whole number"])
        #expect(
            summaries("", regions: "eu-west-1: { vpc_cidr: [], subnet_cidrs: [192.168.0.0/24] }").first
                == "regions.eu-west-1.vpc_cidr is not a text"
        )
        #expect(
            summaries("defaults: { memory: 512 }", regions: "eu-west-1: { cpu: many }")
                == ["regions.eu-west-1.cpu is not a whole number"]
        )
    }

    @Test func `a name is measured against the longest region`() {
        let problems = judge(
            """
            project_name: fourteen-chars
            server: { command: [x] }
            regions: { eu-central-1: {}, ap-southeast-1: {}, ap-northeast-1: { create_alb: false } }
            """
        )
        #expect(problems?.all.map(\.summary) == ["project_name is too long for ap-southeast-1 by 5 characters"])
    }

    @Test func `without a load balancer names may be longer, up to the limit of roles`() {
        func fits(_ length: Int) -> Bool {
            let name = String(repeating: "a", count: length)
            let text = """
                project_name: \(name)
                server: { command: [x] }
                defaults: { create_alb: false }
                regions: { eu-west-1: {} }
                """
            return judge(text) == nil
        }
        #expect(fits(31))
        #expect(!fits(32))
    }

    @Test func `every pair Fargate accepts is taken, and the steps between them are not`() {
        for (cpu, memory) in FargateSize.memoryByCPU {
            for size in memory {
                #expect(summaries("defaults: { cpu: \(cpu), memory: \(size) }").isEmpty)
                #expect(summaries("defaults: { cpu: \(cpu), memory: \(size + 1) }").count == 1)
            }
        }
    }

    @Test func `two to six zones, with or without a load balancer, as Terraform has it`() {
        func zones(_ letters: String, _ rest: String = "") -> Int {
            let names = letters.map { "eu-west-1\($0)" }.joined(separator: ", ")
            return summaries("", regions: "eu-west-1: { availability_zones: [\(names)]\(rest) }").count
        }
        #expect(zones("ab") == 0 && zones("abcdef") == 0)
        #expect(zones("a") == 1 && zones("a", ", create_alb: false") == 1 && zones("abcdefg") == 1)
    }

    @Test func `a network of slash 24 is the smallest`() {
        #expect(summaries("", regions: "eu-west-1: { vpc_cidr: 10.0.0.0/24 }").isEmpty)
        #expect(summaries("", regions: "eu-west-1: { vpc_cidr: 10.0.0.0/25 }").count == 1)
    }
}
