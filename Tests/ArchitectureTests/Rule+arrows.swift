/// Who may import whom.
extension Rule {
    static let arrows = Rule(
        name: "arrows between targets point down only",
        remedy: "move the code down to a target both may see, or pass the value in from above",
        applies: { $0.isSwift && $0.target != nil },
        breaches: { file in
            guard let room = Room.all.first(where: { $0.name == file.target }) else {
                return [Breach(line: 1, what: "the target '\(file.target ?? "")' is not in the table of rooms")]
            }
            return imports(in: file.code)
                .filter { Room.names.contains($0.what) && !room.mayImport.contains($0.what) }
                .map { Breach(line: $0.line, what: "'\(room.name)' may not import '\($0.what)'") }
        }
    )

    static let gatewayStaysSmall = only(
        "the gateway links no full Foundation",
        modules: ["Foundation", "FoundationNetworking", "Yams"],
        remedy: "use FoundationEssentials or nothing: full Foundation and Yams add 44 MB to a static binary",
        in: { !Room.gatewaySide.contains($0) }
    )

    static let yamlInOnePlace = only(
        "YAML is read in one place",
        modules: ["Yams"],
        remedy: "read the file in FleetModel and pass the values on",
        in: { $0 == "FleetModel" }
    )

    static let processesInTheirPlaces = only(
        "programs are started in their places",
        modules: ["Subprocess", "CChildProcess"],
        remedy: "build the command as a value here and let OperatorCommands, LocalFleet or the gateway run it",
        in: { ["OperatorCommands", "LocalFleet", "GatewayRuntime"].contains($0) }
    )

    private static func only(
        _ name: String,
        modules: Set<String>,
        remedy: String,
        in isAllowed: @escaping @Sendable (String) -> Bool
    ) -> Rule {
        Rule(
            name: name,
            remedy: remedy,
            applies: { $0.isSwift && $0.target.map { !isAllowed($0) } ?? false },
            breaches: { file in
                imports(in: file.code).filter { modules.contains($0.what) }
                    .map { Breach(line: $0.line, what: "'\(file.target ?? "")' imports '\($0.what)'") }
            }
        )
    }

    /// The modules a file imports. The `#else` of `#if canImport(FoundationEssentials)` is not looked at: it is for the
    /// platforms where Foundation comes with the system and costs nothing.
    private static func imports(in code: [String]) -> [Breach] {
        let statement =
            #/
            ^\s* (?:[@\w]+(?:\([^)]*\))?\s+)*? import\s+
            (?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)? (?<module>\w+)
            /#
        var conditions: [String] = []
        return code.enumerated().compactMap { index, line in
            if line.hasPrefix("#if") { conditions.append(line) }
            if line.hasPrefix("#endif") { conditions.removeLast(conditions.isEmpty ? 0 : 1) }
            if line.hasPrefix("#else"), conditions.last == "#if canImport(FoundationEssentials)" {
                conditions[conditions.count - 1] = elsewhere
            }
            guard !conditions.contains(elsewhere), line.contains("import "), let match = line.firstMatch(of: statement)
            else { return nil }
            return Breach(line: index + 1, what: String(match.module))
        }
    }

    private static let elsewhere = "where Foundation comes with the system"
}
