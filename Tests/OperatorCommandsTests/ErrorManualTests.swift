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
        let texts = try texts()
        #expect(texts.count > 100)
        let sources = try Self.sources()
        for text in texts {
            for piece in text where piece.count > 3 {
                #expect(sources.contains(piece), "nothing in Sources says: \(piece)")
            }
        }
    }

    @Test(arguments: ["OperatorCommands", "AWSOperations", "TerraformDriver", "LocalFleet"])
    func `every text of the sources stands in the manual`(_ target: String) throws {
        let texts = try texts()
        let pieces = try Self.sources(of: target).components(separatedBy: "Problem(").dropFirst()
        for piece in pieces {
            let words = piece.prefix(400).components(separatedBy: "hint:")[0].components(separatedBy: "detail:")[0]
            // Where there is no text, it is put together elsewhere.
            guard words.contains("\"") else { continue }
            let isTold = texts.contains { $0.allSatisfy { words.contains($0) } }
            #expect(isTold, "docs/errors.md does not have: \(words)")
        }
    }

    /// What errors begin with, each in the pieces that never vary.
    private func texts() throws -> [[String]] {
        try manual().split(separator: "\n").drop { $0 != "## Texts" }.filter { $0.hasPrefix("| ") }.flatMap { row in
            let cell = row.split(separator: " | ").dropFirst().first ?? ""
            return cell.matches(of: /`([^`]+)`/).map { match in
                match.1.split(separator: "…").map { String($0.trimmingPrefix(" ")) }.filter { $0 != " " }
            }
        }
    }

    private static func sources(of target: String = "") throws -> String {
        let folder = package.appendingPathComponent("Sources").appendingPathComponent(target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var text = ""
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            text += try String(contentsOf: file, encoding: .utf8)
        }
        return text
    }
}
