extension `A rule`.Case {
    static let namesAndArrows: [Self] = [
        Self("no type bears its module's name", "struct Table {}\npackage enum TerminalView {}\n", breaksIn: [2]),
        Self(
            "no type bears its module's name",
            "enum slipway_gateway {}\n",
            in: "Sources/slipway-gateway/Start.swift",
            breaksIn: [1]
        ),
        Self("a file is named for the type it holds", "import A\npackage struct Row {}\n", breaksIn: [2]),
        Self(
            "a file is named for the type it holds",
            "package final class Table: Sendable {}\nstruct Row {}\n",
            breaksIn: []
        ),
        Self(
            "a file is named for the type it holds",
            "extension Table.Row {}\n",
            in: "Sources/TerminalView/Table+rows.swift",
            breaksIn: []
        ),
        Self(
            "a file is named for the type it holds",
            "extension Row {}\n",
            in: "Sources/TerminalView/Table+rows.swift",
            breaksIn: [1]
        ),
        Self("arrows between targets point down only", "import FleetModel\nimport NIOCore\n", breaksIn: []),
        Self("arrows between targets point down only", "import FleetModel\npackage import LocalFleet\n", breaksIn: [2]),
        Self("arrows between targets point down only", "@testable import struct MCPWire.Ticket\n", breaksIn: [1]),
        Self("arrows between targets point down only", "", in: "Sources/NewRoom/A.swift", breaksIn: [1]),
        Self("arrows between targets point down only", "import LocalFleet\n", in: "Tests/A/B.swift", breaksIn: []),
        Self(
            "arrows between targets point down only",
            "import GatewayRuntime\n",
            in: "Sources/OperatorCommands/Up/Up.swift",
            breaksIn: [1]
        ),
        Self(
            "the gateway links no full Foundation",
            "import Foundation\nimport FoundationEssentials\n",
            in: "Sources/MCPWire/A.swift",
            breaksIn: [1]
        ),
        Self("the gateway links no full Foundation", "import Foundation\n", breaksIn: []),
        Self(
            "the gateway links no full Foundation",
            "#if canImport(FoundationEssentials)\nimport FoundationEssentials\n#else\nimport Foundation\n#endif\n"
                + "import Yams\n",
            in: "Sources/GatewayRuntime/A.swift",
            breaksIn: [6]
        ),
        Self("YAML is read in one place", "import Yams\n", breaksIn: [1]),
        Self("YAML is read in one place", "import Yams\n", in: "Sources/FleetModel/A.swift", breaksIn: []),
        Self("programs are started in their places", "import Subprocess\n", breaksIn: [1]),
        Self(
            "programs are started in their places",
            "import Subprocess\n",
            in: "Sources/LocalFleet/A.swift",
            breaksIn: []
        ),
    ]
}
