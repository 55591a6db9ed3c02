/// The file's settings with the standards filled in, before the rules have judged them.
struct FleetDraft {
    /// The settings at the top of the file.
    let top: Settings
    /// nil when there is no such section.
    let server: Settings?
    let regions: RegionsDraft
    let schedule: Settings
    let domain: Settings
    let state: Settings

    /// Everything that breaks a rule, in no particular order.
    var problems: [Finding] {
        let whole =
            missingParts + nameFindings + serverFindings + scheduleFindings + domainFindings + stateFindings + overlaps
        return regions.read.reduce(into: whole) { findings, region in
            findings += region.nameFindings + region.taskFindings + region.networkFindings
            findings += region.pathFindings + region.optionFindings
            findings += portClash(in: region) + edgeFindings(in: region)
            findings += imagePlaceFindings(in: region) + secretKeyClash(in: region)
        }
    }

    /// The fleet, if every setting it needs is there.
    var fleet: Fleet? {
        guard let projectName = top.text(.projectName)?.value, let environment = top.text(.environment)?.value,
            let server = resolvedServer, let schedule = resolvedSchedule, let domain = resolvedDomain
        else { return nil }
        let regions = regions.read.compactMap { $0.region(projectName: projectName, environment: environment) }
        guard !regions.isEmpty, regions.count == self.regions.read.count else { return nil }
        return Fleet(
            projectName: projectName,
            environment: environment,
            server: server,
            regions: regions,
            schedule: schedule,
            domain: domain,
            state: resolvedState(first: regions[0])
        )
    }

    private var missingParts: [Finding] {
        var findings: [Finding] = []
        if !top.holds(.projectName) {
            findings.append(
                Finding(.missingKey, .start, "project_name is missing", hint: "add a line such as project_name: my-mcp")
            )
        }
        if server == nil {
            findings.append(
                Finding(
                    .missingKey, .start, "server is missing",
                    hint: "say what to run: server, and below it, indented, command: [python3, -m, my_server]"
                )
            )
        }
        if case .absent = regions {
            findings.append(
                Finding(
                    .missingKey, .start, "regions is missing",
                    hint: "say where to run: regions, and below it, indented, eu-west-1: {}"
                )
            )
        }
        return findings
    }
}
