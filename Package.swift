// swift-tools-version: 6.2
import PackageDescription

// Arrows between our own targets point down only; Tests/ArchitectureTests holds them to it
// and docs/architecture.md says why each target exists.

let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

func program(_ name: String, path: String? = nil, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: houseRules)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        exclude: ["Fixtures"],
        swiftSettings: houseRules
    )
}

let package = Package(
    name: "slipway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "slipway", targets: ["slipway"]),
        .executable(name: "slipway-gateway", targets: ["slipway-gateway"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2", traits: []),
    ],
    targets: [
        // Programs: the entry point and the wiring, nothing else.
        program("slipway", ["OperatorCommands", "TerminalView", "FleetModel", arguments]),
        program("slipway-gateway", ["GatewayRuntime", arguments]),
        program("slipway-demo-server", path: "Examples/DemoServer", []),
        program(
            "slipway-fuzz",
            path: "Tests/Fuzzing",
            ["GatewayRuntime", "MCPWire", "HTTPTransport", nioCore, nioPosix, nioHTTP1, logging, arguments]
        ),

        // The operator's side.
        room(
            "OperatorCommands",
            [
                "LocalFleet", "TerraformDriver", "AWSOperations", "TerminalView", "FleetModel", "HTTPTransport",
                nioCore, nioPosix, nioHTTP1, arguments, signals, subprocess, systemPackage,
            ]
        ),
        room(
            "LocalFleet",
            [
                "FleetModel", "MCPWire", "HTTPTransport", nioCore, nioPosix, nioHTTP1, logging, lifecycle, signals,
                subprocess, systemPackage,
            ]
        ),
        .target(
            name: "TerraformDriver", dependencies: ["FleetModel"], swiftSettings: houseRules,
            plugins: ["EmbedTerraform"]
        ),
        .plugin(name: "EmbedTerraform", capability: .buildTool(), dependencies: ["embed-files"]),
        program("embed-files", path: "Plugins/embed-files", []),
        room("AWSOperations", ["FleetModel", crypto]),
        room("TerminalView", ["FleetModel"]),
        room("FleetModel", [yams]),

        // The gateway's side.
        room(
            "GatewayRuntime",
            [
                "MCPWire", "HTTPTransport", "CChildProcess", nioCore, nioPosix, nioHTTP1, logging, lifecycle,
                signals, arguments, jwtKit, crypto,
            ]
        ),
        room("HTTPTransport", [nioCore, nioPosix, nioHTTP1, nioSSL]),
        room("MCPWire", [nioCore, crypto]),
        .target(name: "CChildProcess"),

        tests("FleetModelTests", ["FleetModel"]),
        tests("TerraformDriverTests", ["TerraformDriver", "FleetModel"]),
        tests("AWSOperationsTests", ["AWSOperations", "FleetModel"]),
        tests("TerminalViewTests", ["TerminalView", "FleetModel"]),
        tests(
            "OperatorCommandsTests",
            [
                "OperatorCommands", "LocalFleet", "TerraformDriver", "AWSOperations", "TerminalView", "FleetModel",
                "HTTPTransport", nioCore, nioPosix, nioHTTP1,
            ]
        ),
        tests(
            "LocalFleetTests",
            ["LocalFleet", "FleetModel", "HTTPTransport", nioCore, nioPosix, nioHTTP1, lifecycle, logging]
        ),
        tests("MCPWireTests", ["MCPWire", nioCore]),
        tests("HTTPTransportTests", ["HTTPTransport", nioCore, nioPosix, nioHTTP1]),
        tests(
            "GatewayRuntimeTests",
            [
                "GatewayRuntime", "MCPWire", "HTTPTransport", "CChildProcess", nioCore, nioPosix, nioHTTP1, logging,
                arguments, jwtKit, crypto, cryptoExtras,
            ]
        ),
        tests("ArchitectureTests", []),
        tests("EndToEndTests", [subprocess]),
    ]
)
