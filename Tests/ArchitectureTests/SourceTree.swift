import Foundation

/// The files of this package that the rules look at: everything we write in Swift or Terraform.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let files: [SourceFile] = ["Sources", "Tests", "Examples", "Benchmarks", "Plugins", "terraform"].flatMap(
        files(under:))

    /// The targets there are, by the folders under `Sources`.
    static var targets: Set<String> {
        Set(files.compactMap(\.target))
    }

    private static func files(under folder: String) -> [SourceFile] {
        let start = root.appendingPathComponent(folder)
        let paths = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
        return paths.sorted().filter(isOurs).compactMap { path in
            let file = start.appendingPathComponent(path)
            let text = try? String(contentsOf: file, encoding: .utf8)  // not UTF-8: not ours to judge
            return text.map { SourceFile(path: "\(folder)/\(path)", text: $0) }
        }
    }

    private static func isOurs(_ path: String) -> Bool {
        let hidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
        return !hidden && (path.hasSuffix(".swift") || path.hasSuffix(".tf"))
    }
}
