/// A target of ours and the targets of ours it may import; `docs/architecture.md` says why.
struct Room {
    let name: String
    let mayImport: Set<String>

    init(_ name: String, mayImport: Set<String> = []) {
        self.name = name
        self.mayImport = mayImport
    }

    static let all: [Room] = [
        Room("slipway", mayImport: ["OperatorCommands", "TerminalView", "FleetModel"]),
        Room("slipway-gateway", mayImport: ["GatewayRuntime"]),

        Room(
            "OperatorCommands",
            mayImport: [
                "LocalFleet", "TerraformDriver", "AWSOperations", "TerminalView", "FleetModel", "HTTPTransport",
                "MCPWire",
            ]
        ),
        Room("LocalFleet", mayImport: ["FleetModel", "MCPWire", "HTTPTransport"]),
        Room("TerraformDriver", mayImport: ["FleetModel"]),
        Room("AWSOperations", mayImport: ["FleetModel"]),
        Room("TerminalView", mayImport: ["FleetModel"]),
        Room("FleetModel"),

        Room("GatewayRuntime", mayImport: ["MCPWire", "HTTPTransport", "CChildProcess"]),
        Room("HTTPTransport"),
        Room("MCPWire"),
        Room("CChildProcess"),
    ]

    static let names = Set(all.map(\.name))

    /// What `slipway-gateway` is linked from: it has to stay small and fully static.
    static let gatewaySide: Set<String> = [
        "slipway-gateway", "GatewayRuntime", "HTTPTransport", "MCPWire", "CChildProcess",
    ]
}
