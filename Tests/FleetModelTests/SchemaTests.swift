import Foundation
import Testing

@testable import FleetModel

@Suite struct SchemaTests {
    @Test func `every key has exactly one row`() {
        #expect(Schema.settings.map(\.key.rawValue).sorted() == SettingKey.allCases.map(\.rawValue).sorted())
        #expect(Schema.settings.allSatisfy { $0.meaning.hasSuffix(".") })
    }

    @Test func `the manual's tables are those of the schema`() throws {
        let manual = try String(contentsOf: Repository.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let parts = manual.components(separatedBy: ["<!-- settings -->\n\n", "\n\n<!-- end of settings -->"])
        try #require(parts.count == 3)
        #expect(
            parts[1] == SettingsManual.markdown,
            "put this between the two comments in docs/configuration.md:\n\(SettingsManual.markdown)"
        )
    }

    @Test(arguments: ["slipway.yaml", "weekend.yaml", "http-server.yaml"])
    func `every example is a good fleet file`(_ name: String) throws {
        let text = try String(contentsOf: Repository.root.appending(path: "Examples/\(name)"), encoding: .utf8)
        #expect(judge(text) == nil)
    }

    @Test func `no example is left out`() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "Examples").path)
        let files = names.filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(files == ["http-server.yaml", "slipway.yaml", "weekend.yaml"])
    }

    @Test func `the YAML of the manual's first example is a good fleet file`() throws {
        let manual = try String(contentsOf: Repository.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let example = try #require(manual.components(separatedBy: "```yaml\n").dropFirst().first)
        let text = try #require(example.components(separatedBy: "```").first)
        #expect(judge(text) == nil)
    }
}

/// The checkout these tests were built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

extension String {
    fileprivate func components(separatedBy marks: [String]) -> [String] {
        marks.reduce([self]) { parts, mark in parts.flatMap { $0.components(separatedBy: mark) } }
    }
}
