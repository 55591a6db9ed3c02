/// One file of the tree as the rules see it: each line split into its code and its comment.
struct SourceFile: Sendable {
    /// Relative to the root of the package, with forward slashes.
    let path: String
    /// The lines with comments cut out and the inside of every string blanked: what is left is code.
    let code: [String]
    /// What each line says in comments; empty where it says nothing.
    let comments: [String]

    init(path: String, text: String) {
        self.path = path
        var scanner = TextScanner(text: text, dialect: path.hasSuffix(".tf") ? .terraform : .swift)
        (code, comments) = scanner.scan()
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The file's name without folder and ending.
    var name: Substring {
        let file = path.split(separator: "/").last ?? ""
        return file.prefix { $0 != "." }
    }

    /// The target the file belongs to, where it is one of ours under `Sources`.
    var target: String? {
        let folders = path.split(separator: "/")
        return folders.first == "Sources" && folders.count > 2 ? String(folders[1]) : nil
    }

    func isUnder(_ folder: String) -> Bool {
        path.hasPrefix(folder + "/")
    }
}
