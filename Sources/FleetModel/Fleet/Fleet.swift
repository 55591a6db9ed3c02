/// What runs and where: a judged fleet file with every setting filled in.
package struct Fleet: Equatable, Sendable, Encodable {
    package let projectName: String
    package let environment: String
    package let server: Server
    /// In the order they are written in the file.
    package let regions: [Region]
    package let schedule: Schedule
    package let domain: Domain
    package let state: StatePlace

    package init(
        projectName: String,
        environment: String,
        server: Server,
        regions: [Region],
        schedule: Schedule,
        domain: Domain,
        state: StatePlace = .files
    ) {
        self.projectName = projectName
        self.environment = environment
        self.server = server
        self.regions = regions
        self.schedule = schedule
        self.domain = domain
        self.state = state
    }

    /// The same with some of its regions only.
    package func keeping(_ regions: [Region]) -> Fleet {
        Fleet(
            projectName: projectName, environment: environment, server: server, regions: regions, schedule: schedule,
            domain: domain, state: state
        )
    }

    package func region(named name: String) -> Region? {
        regions.first { $0.name == name }
    }
}
