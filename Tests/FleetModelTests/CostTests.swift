import Foundation
import Testing

@testable import FleetModel

@Suite struct CostTests {
    private func fleet(
        _ regions: String,
        server: String = "command: [x]",
        defaults: String = "{}",
        end: String = ""
    ) throws -> Fleet {
        try FleetFile.parse(
            "project_name: a\nserver: { \(server) }\ndefaults: \(defaults)\nregions: { \(regions) }\n\(end)")
    }

    private func bill(_ fleet: Fleet, usage: Usage = Usage()) throws -> RegionBill {
        try RegionBill(RegionNeeds(fleet, fleet.regions[0]), usage: usage, book: .builtIn)
    }

    /// Two x86 tasks of 1 vCPU and 3 GB, three zones, 1 GB of logs, no LCU use, 32 weekend hours a week.
    @Test(arguments: [
        ("eu-west-1", ["116.72", "47.16", "23.39"]), ("us-east-1", ["114.67", "45.12", "22.94"]),
        ("eu-west-2", ["129.46", "50.35", "25.83"]),
    ])
    func `the standard region comes out to the cent`(_ region: String, _ sums: [String]) throws {
        let bill = try bill(try fleet("\(region): {}"))
        #expect(CostMode.allCases.map { bill.total[$0].text } == sums)
    }

    @Test func `every line of the standard region is known`() throws {
        let bill = try bill(try fleet("eu-west-1: {}"))
        #expect(
            bill.lines.filter { $0.amounts[.always] > .zero }.map { "\($0.what) \($0.amounts[.always].text)" } == [
                "Fargate vCPU 59.10", "Fargate memory 19.47", "tasks' public addresses 7.30", "load balancer 18.40",
                "load balancer's public addresses 10.95", "secret 0.40", "private DNS zone 0.50", "logs written 0.57",
                "logs kept 0.03",
            ]
        )
        #expect(bill.lines.filter(\.isAssumed).count == 5)
    }

    @Test func `everything a region can have is billed`() throws {
        let options = """
            { enable_waf: true, enable_encryption: true, enable_alarms: true, enable_dashboard: true, \
            architecture: ARM64, spot_percent: 50, private_subnets: nat }
            """
        var usage = Usage()
        usage.capacityUnits = Quantity(1, per: 2)
        usage.natTraffic = Quantity(10)
        usage.firewallRequests = Quantity(3)
        usage.transferOut = Quantity(100)
        usage.transferBetweenZones = Quantity(10)
        let bill = try bill(
            try fleet("eu-west-1: {}", server: "command: [x], secret_keys: [API_KEY]", defaults: options), usage: usage
        )
        #expect(
            bill.lines.map { "\($0.what) \($0.amounts[.always].text)" } == [
                "Fargate ARM vCPU 23.64", "Fargate ARM memory 7.80", "Fargate Spot ARM vCPU 7.15",
                "Fargate Spot ARM memory 2.36", "load balancer 18.40", "load balancer's capacity units 2.92",
                "load balancer's public addresses 10.95", "secrets 0.80", "private DNS zone 0.50",
                "encryption key 1.00", "alarms 0.30", "dashboard 3.00", "firewall 5.00", "firewall's rules 3.00",
                "NAT gateway 35.04", "NAT gateway's public address 3.65", "NAT gateway's traffic 0.48",
                "logs written 0.57", "logs kept 0.03", "firewall's million requests 1.80", "transfer to clients 9.00",
                "transfer between zones, both ends 0.20",
            ]
        )
    }

    @Test func `endpoints are billed by service and zone, and one more where a shell is allowed`() throws {
        let image = "image: 1.dkr.ecr.eu-west-1.amazonaws.com/a:1, command: [x]"
        func endpoints(_ shell: Bool) throws -> String? {
            let defaults = "{ private_subnets: endpoints, enable_execute_command: \(shell) }"
            return try bill(try fleet("eu-west-1: {}", server: image, defaults: defaults)).lines
                .first { $0.charge == .endpoint }?.amounts[.always].text
        }
        #expect(try endpoints(false) == "96.36")
        #expect(try endpoints(true) == "120.45")
    }

    @Test func `a fleet has its zone and the schedule's machinery once`() throws {
        let fleet = try fleet(
            "eu-west-1: {}, us-east-1: {}",
            end: """
                schedule: { enable_weekend_only: true, destroy_albs_when_scaled_down: true }
                domain: { enable_domain: true, domain_name: example.com }
                """
        )
        let bill = try FleetBill(fleet, regions: fleet.regions, book: .builtIn)
        #expect(bill.mode == .weekendDestroyingBalancer)
        #expect(
            bill.shared.map { "\($0.what) \($0.amounts[bill.mode].text)" } == [
                "public DNS zone 0.50", "schedule's alarms 0.80", "schedule's state transitions 0.44",
            ]
        )
        #expect(bill.regions.map { $0.total[bill.mode].text } == ["23.39", "22.94"])
        #expect(bill.total[bill.mode].text == "48.07")
    }

    @Test func `other hours are counted, and more days`() throws {
        let fleet = try fleet(
            "eu-west-1: {}",
            end: "schedule: { enable_weekend_only: true, weekend_days: [MON, TUE, WED, THU, FRI], "
                + "weekend_hours_start: 8, weekend_hours_end: 18 }"
        )
        #expect(fleet.schedule.hoursPerWeek == 50)
        #expect(try bill(fleet).lines[0].amounts[.weekendKeepingBalancer] == Money("17.541333333"))
    }

    @Test func `a region the book does not have is an error with the next step`() throws {
        let fleet = try fleet("ap-southeast-1: {}")
        let problem = #expect(throws: Problem.self) { try bill(fleet) }
        #expect(problem?.place == .region("ap-southeast-1"))
        #expect(problem?.summary == "its prices are not in the price book")
        #expect(
            problem?.hint
                == "fetch them from AWS's public price list with: slipway cost --refresh --region ap-southeast-1"
        )
    }

    @Test func `a price that nobody has seen is asked for only where it is needed`() throws {
        let onDemand = try fleet("eu-west-2: {}", defaults: "{ architecture: ARM64 }")
        #expect(try bill(onDemand).total[.always].text == "111.40")
        let spot = try fleet("eu-west-2: {}", defaults: "{ architecture: ARM64, spot_percent: 10 }")
        let problem = #expect(throws: Problem.self) { try bill(spot) }
        #expect(problem?.summary == "the price book has no price for fargate-spot-arm-vcpu-hour")
    }

    @Test func `a price that no list has is written by hand`() throws {
        let book = PriceBook(
            ["ap-southeast-1": PriceBook.builtIn.pricesByRegion["eu-west-1"] ?? [:]].mapValues {
                $0.filter { $0.key != .nat }
            })
        let fleet = try fleet("ap-southeast-1: { private_subnets: nat }")
        let problem = #expect(throws: Problem.self) {
            try RegionBill(RegionNeeds(fleet, fleet.regions[0]), book: book)
        }
        #expect(
            problem?.hint?.hasPrefix("write it into .slipway/prices.json: \"regions\": { \"ap-southeast-1\"") == true)
    }

    @Test func `each choice is shown with what it saves`() throws {
        let fleet = try fleet("eu-west-1: {}")
        let savings = try Savings(fleet, regions: fleet.regions, book: .builtIn).all
        #expect(
            savings.map { "\($0.choice) \($0.monthly.text) \($0.saved.text)" } == [
                "ARM 101.01 15.70", "Spot 61.90 54.81", "two zones 113.07 3.65", "tasks of half the size 80.68 36.04",
                "the schedule, load balancer kept 47.16 69.56", "the schedule, load balancer torn down 23.39 93.33",
                "all of these but Spot and smaller tasks 19.71 97.01",
            ]
        )
    }
    @Test func `a choice without a price is told, and the others are counted`() throws {
        let fleet = try fleet("eu-west-2: {}", defaults: "{ architecture: ARM64 }")
        let savings = try Savings(fleet, regions: fleet.regions, book: .builtIn)
        #expect(savings.unpriced.map(\.choice) == ["Spot"])
        #expect(
            savings.unpriced.first?.problem.summary == "the price book has no price for fargate-spot-arm-vcpu-hour")
        #expect(savings.all.first?.choice == "two zones")
        #expect(savings.all.last?.choice == "all of these but smaller tasks")
    }

    @Test func `the last line names what it leaves out`() throws {
        let fleet = try fleet("eu-west-1: {}", defaults: "{ private_subnets: endpoints }")
        let last = try Savings(fleet, regions: fleet.regions, book: .builtIn).all.last
        #expect(last?.choice == "all of these but Spot, smaller tasks and public addresses")
    }

    @Test(arguments: [
        ("", "enable_weekend_only: true, ", ", and a domain (enable_domain, domain_name)"),
        ("schedule: { enable_weekend_only: true }", "", ", and a domain (enable_domain, domain_name)"),
        ("domain: { enable_domain: true, domain_name: example.com }", "enable_weekend_only: true, ", ""),
    ])
    func `the teardown is advised with what it needs`(_ end: String, _ before: String, _ after: String) throws {
        let fleet = try fleet("eu-west-1: {}", end: end)
        let savings = try Savings(fleet, regions: fleet.regions, book: .builtIn).all
        let advice = savings.first { $0.choice == "the schedule, load balancer torn down" }
        #expect(advice?.setting == before + "destroy_albs_when_scaled_down: true" + after)
    }
}
