import Foundation

/// The processes below one, as `/proc` tells it.
struct ProcessTree: Sendable {
    struct Member: Sendable, Hashable, CustomStringConvertible {
        let process: Int32
        let parent: Int32
        let program: String
        /// When it started, in clock ticks since boot: tells a process from a later one with the same number.
        let start: String

        var description: String { "\(program)(\(process))" }

        var isAlive: Bool { ProcessTree.member(process)?.start == start }
    }

    /// The process itself first.
    let members: [Member]

    var alive: [Member] { members.filter(\.isAlive) }

    static let isAvailable = FileManager.default.fileExists(atPath: "/proc/self/stat")

    init(below process: Int32) throws {
        let everyone = try FileManager.default.contentsOfDirectory(atPath: "/proc")
            .compactMap { Int32($0) }.compactMap(Self.member)
        var found = everyone.filter { $0.process == process }
        var searched = 0
        while searched < found.count {
            let parent = found[searched].process
            found += everyone.filter { $0.parent == parent }
            searched += 1
        }
        members = found
    }

    func named(_ program: String) -> [Member] {
        // The kernel cuts names to 15 bytes.
        members.filter { $0.program == program.prefix(15) }
    }

    /// Ends whoever is left, so that a failed test leaves nobody behind.
    func killEveryone() {
        for member in alive { kill(member.process, SIGKILL) }
    }

    static func isAlive(_ process: Int32) -> Bool {
        member(process) != nil
    }

    /// `nil` for a process that is gone, or dead and only waiting for its parent to notice.
    private static func member(_ process: Int32) -> Member? {
        let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)  // unreadable: it is gone
        guard let stat, let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[close...].split(separator: " ").dropFirst()
        guard fields.count > 19, fields.first != "Z", fields.first != "X" else { return nil }
        return Member(
            process: process,
            parent: Int32(fields[fields.startIndex + 1]) ?? 0,
            program: String(stat[stat.index(after: open)..<close]),
            start: String(fields[fields.startIndex + 19])
        )
    }
}
