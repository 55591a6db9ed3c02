/// One region of a fleet with every setting filled in: its own, else the file's `defaults`, else the standard.
package struct Region: Equatable, Sendable, Encodable {
    package let name: String
    package let network: Network
    package let task: TaskShape
    package let loadBalancer: LoadBalancer
    package let serviceDiscovery: ServiceDiscovery
    package let protection: Protection
    package let monitoring: Monitoring
    package let clusterName: String

    package init(
        name: String,
        network: Network,
        task: TaskShape,
        loadBalancer: LoadBalancer,
        serviceDiscovery: ServiceDiscovery,
        protection: Protection = Protection(),
        monitoring: Monitoring = Monitoring(),
        clusterName: String
    ) {
        self.name = name
        self.network = network
        self.task = task
        self.loadBalancer = loadBalancer
        self.serviceDiscovery = serviceDiscovery
        self.protection = protection
        self.monitoring = monitoring
        self.clusterName = clusterName
    }
}
