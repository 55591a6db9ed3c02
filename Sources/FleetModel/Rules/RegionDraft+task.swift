extension RegionDraft {
    var task: TaskShape? {
        guard let cpu = settings.integer(.cpu)?.value, let memory = settings.integer(.memory)?.value,
            let desiredCount = settings.integer(.desiredCount)?.value,
            let containerPort = settings.integer(.containerPort)?.value,
            let variables = settings.pairs(.containerEnvironment)?.value,
            let architecture = settings.text(.architecture).flatMap({ Architecture(rawValue: $0.value) }),
            let spotPercent = settings.integer(.spotPercent)?.value,
            let allowsShell = settings.boolean(.enableExecuteCommand)?.value
        else { return nil }
        return TaskShape(
            cpu: cpu,
            memory: memory,
            architecture: architecture,
            desiredCount: desiredCount,
            maxCount: settings.integer(.maxCount)?.value,
            spotPercent: spotPercent,
            containerPort: containerPort,
            environment: Dictionary(variables.map { ($0.name.text, $0.value) }) { _, later in later },
            allowsShell: allowsShell
        )
    }

    var taskFindings: [Finding] { sizeFindings + variableFindings + countFindings }

    private var countFindings: [Finding] {
        guard let most = settings.integer(.maxCount), let least = settings.integer(.desiredCount),
            most.value < least.value
        else { return [] }
        return [
            Finding(
                .conflict, most, "is \(most.value), below desired_count, which is \(least.value)",
                hint: "write \(least.value) or more, or remove the line to have no autoscaling"
            )
        ]
    }

    var pathFindings: [Finding] {
        guard let path = settings.text(.healthCheckPath) else { return [] }
        guard path.value.first == "/" else {
            return [Finding(path, "does not start with /", hint: "write a path, such as /health")]
        }
        guard path.value != "/health" else { return [] }
        return [
            Finding(path, "is not where the gateway says how it is", hint: "write /health, or remove the line")
        ]
    }

    private var sizeFindings: [Finding] {
        guard let cpu = settings.integer(.cpu), let memory = settings.integer(.memory) else { return [] }
        guard let accepted = FargateSize.memory(forCPU: cpu.value) else {
            let sizes = FargateSize.memoryByCPU.map { "\($0.cpu)" }.joined(separator: ", ")
            return [Finding(cpu, "is \(cpu.value), a size Fargate does not have", hint: "write one of \(sizes)")]
        }
        guard !accepted.contains(memory.value) else { return [] }
        let blamed = memory.position == settings.position ? cpu : memory
        let nearest = FargateSize.nearestMemory(to: memory.value, among: accepted) ?? cpu.value * 2
        return [
            Finding(
                .conflict, blamed, "does not fit: Fargate has no task with cpu \(cpu.value) and memory \(memory.value)",
                detail: "With cpu \(cpu.value) it accepts memory of \(Self.spoken(accepted)) MiB.",
                hint: "write memory: \(nearest)"
            )
        ]
    }

    private static func spoken(_ sizes: [Int]) -> String {
        guard sizes.count > 3, let first = sizes.first, let last = sizes.last else {
            return sizes.map { "\($0)" }.joined(separator: ", ")
        }
        return "\(first) to \(last) in steps of \(sizes[1] - first)"
    }

    private var variableFindings: [Finding] {
        guard let variables = settings.pairs(.containerEnvironment) else { return [] }
        return variables.value.compactMap { variable -> Finding? in
            let name = variable.name.text
            let written = Written(
                value: name,
                path: "\(variables.path).\(name)",
                position: variable.name.position
            )
            if SecretName.matches(name) { return SecretName.finding(written) }
            guard !name.isEnvironmentName else { return nil }
            return Finding(
                written, "is not a name for an environment variable",
                hint: "use letters, digits and _ only, and do not start with a digit"
            )
        }
    }
}
