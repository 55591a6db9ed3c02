import FleetModel
import Foundation
import Testing

@testable import OperatorCommands

/// The live files, in a folder of their own that is removed afterwards.
@Suite struct LiveEffectsTests {
    private let files = Effects.live.files

    @Test func `a file is made once, and never over another`() throws {
        try inFolder { folder in
            let path = "\(folder)/a.txt"
            #expect(try files.read(path) == nil)
            #expect(!files.exists(path))
            try files.create(path, "first\n", .usual)
            let problem = #expect(throws: Problem.self) { try files.create(path, "second\n", .usual) }
            #expect(problem?.kind == .fileExists)
            #expect(try files.read(path) == "first\n")
            try files.write(path, "third é\n")
            #expect(try files.read(path) == "third é\n")
        }
    }

    @Test func `a file of secrets is readable by its owner alone`() throws {
        try inFolder { folder in
            try files.create("\(folder)/slipway.env", "", .ownerOnly)
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/slipway.env")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `what cannot be used is a problem in the system's words`() throws {
        try inFolder { folder in
            #expect(#expect(throws: Problem.self) { try files.read(folder) }?.summary == "is a folder")
            let absent = "\(folder)/no/such/folder"
            let problem = #expect(throws: Problem.self) { try files.create(absent, "", .usual) }
            #expect(problem?.detail == "The system says: No such file or directory.")
            let unwritten = #expect(throws: Problem.self) { try files.write(absent, "") }
            #expect(unwritten?.detail?.contains("exist") == true && unwritten?.detail?.hasSuffix("..") == false)
            try Data([0x61, 0xFF]).write(to: URL(fileURLWithPath: "\(folder)/b"))
            #expect(#expect(throws: Problem.self) { try files.read("\(folder)/b") }?.summary == "is not UTF-8 text")
        }
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a folder left in /tmp fails no test
        try body(folder.path)
    }
}
