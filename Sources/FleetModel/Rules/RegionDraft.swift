/// One region's settings with `defaults` and the standards filled in, before the rules have judged them.
struct RegionDraft {
    let name: String
    let settings: Settings

    /// nil when AWS has no region of this name.
    var catalogued: AWSRegion? { AWSRegion.named(name) }

    var nameFindings: [Finding] {
        guard catalogued == nil else { return clusterNameFindings }
        let nearest = Spelling.nearest(to: name, among: AWSRegion.all.map(\.name))
        return [
            Finding(
                .invalidValue, settings.position, "\(settings.path) is not a region of AWS",
                hint: nearest.map { "did you mean \($0)?" } ?? "write a region's code, such as eu-west-1 or us-east-1"
            )
        ] + clusterNameFindings
    }

    /// The region, once its settings are known to keep every rule.
    func region(projectName: String, environment: String) -> Region? {
        guard let network, let task, let loadBalancer, let serviceDiscovery, let protection, let monitoring
        else { return nil }
        let names = ResourceNames(projectName: projectName, environment: environment, region: name)
        return Region(
            name: name,
            network: network,
            task: task,
            loadBalancer: loadBalancer,
            serviceDiscovery: serviceDiscovery,
            protection: protection,
            monitoring: monitoring,
            clusterName: settings.text(.clusterName)?.value ?? names.cluster
        )
    }

    private var loadBalancer: LoadBalancer? {
        guard let isCreated = settings.boolean(.createALB)?.value, let port = settings.integer(.albPort)?.value,
            let containerPort = settings.integer(.containerPort)?.value,
            let healthCheckPath = settings.text(.healthCheckPath)?.value
        else { return nil }
        return LoadBalancer(
            isCreated: isCreated,
            port: port,
            targetGroupPort: settings.integer(.targetGroupPort)?.value ?? containerPort,
            healthCheckPath: healthCheckPath
        )
    }

    private var serviceDiscovery: ServiceDiscovery? {
        guard let isEnabled = settings.boolean(.enableServiceDiscovery)?.value,
            let ttl = settings.integer(.serviceDiscoveryTTL)?.value,
            let failureThreshold = settings.integer(.serviceDiscoveryFailureThreshold)?.value
        else { return nil }
        return ServiceDiscovery(isEnabled: isEnabled, ttl: ttl, failureThreshold: failureThreshold)
    }

    /// Amazon ECS API, CreateCluster: up to 255 letters, digits, hyphens and underscores.
    private var clusterNameFindings: [Finding] {
        guard let name = settings.text(.clusterName) else { return [] }
        let isAllowed = name.value.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == "-" || $0 == "_" }
        guard !isAllowed || name.value.count > 255 else { return [] }
        return [Finding(name, "is not a name ECS allows", hint: "use letters, digits, - and _, at most 255 of them")]
    }
}
