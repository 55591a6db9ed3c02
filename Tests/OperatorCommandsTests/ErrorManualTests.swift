import FleetModel
import Foundation
import Testing

@testable import OperatorCommands

/// docs/errors.md names every kind, every verb, and no text that the program does not say.
@Suite struct ErrorManualTests {
    private static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func manual() throws -> String {
        try String(contentsOf: Self.package.appendingPathComponent("docs/errors.md"), encoding: .utf8)
    }

    @Test(arguments: Problem.Kind.allCases)
    func `every kind of problem is explained`(_ kind: Problem.Kind) throws {
        #expect(try manual().contains("\n| `\(kind.rawValue)` | "))
    }

    @Test func `the exit codes of every verb are explained`() async throws {
        let bench = Workbench()
        #expect(await bench.run("--help") == 0)
        let listed = bench.out.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
        let verbs = listed.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first }.filter { !["help", "See"].contains($0) }
        #expect(verbs.count >= 12)
        let manual = try manual()
        for verb in verbs { #expect(manual.contains("\n| `\(verb)"), "\(verb)") }
    }

    @Test func `every text stands in the sources`() throws {
        let rows = try manual().split(separator: "\n").drop { $0 != "## Texts" }.filter { $0.hasPrefix("| ") }
            .compactMap { row in
                let cell = row.split(separator: " | ").dropFirst().first ?? ""
                return cell.hasPrefix("`") && cell.hasSuffix("`") ? cell.dropFirst().dropLast() : nil
            }
        #expect(rows.count > 30)
        let sources = try Self.sources()
        for row in rows {
            for piece in row.split(separator: "…") where piece.count > 3 {
                #expect(sources.contains(piece), "nothing in Sources says: \(piece)")
            }
        }
    }

    private static func sources() throws -> String {
        let folder = package.appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var text = ""
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            text += try String(contentsOf: file, encoding: .utf8)
        }
        return text
    }
}
