import Foundation
import Testing

/// The two programs may not import each other's rooms, so each says its version itself.
@Suite struct `The version` {
    @Test func `is the same in both programs`() throws {
        let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let versions = try ["GatewayRuntime/GatewayVersion.swift", "OperatorCommands/Root/Version.swift"].map { file in
            let text = try String(contentsOf: package.appendingPathComponent("Sources/\(file)"), encoding: .utf8)
            return try #require(text.firstMatch(of: #/current = "([^"]+)"/#)).1
        }
        #expect(versions[0] == versions[1])
    }
}
