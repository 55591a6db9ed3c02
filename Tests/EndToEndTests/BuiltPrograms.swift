import Foundation

/// Where the programs under test are.
enum BuiltPrograms {
    /// The folder of the build's products: `SLIPWAY_BIN` where it is set, else where this test bundle lies.
    static let folder: URL = {
        if let folder = ProcessInfo.processInfo.environment["SLIPWAY_BIN"] {
            return URL(fileURLWithPath: folder)
        }
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        return bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }()

    static let slipway = folder.appendingPathComponent("slipway").path
    static let gateway = folder.appendingPathComponent("slipway-gateway").path
    static let demoServer = folder.appendingPathComponent("slipway-demo-server").path
    static let fuzzer = folder.appendingPathComponent("slipway-fuzz").path
    /// What the scripts that start gateways themselves are told.
    static let gatewayAndServer = [gateway, demoServer]
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func fixture(_ name: String) -> String {
        package.appendingPathComponent("Tests/EndToEndTests/Fixtures/\(name)").path
    }
}
