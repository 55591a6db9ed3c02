import Foundation

/// `embed-files OUTPUT FOLDER FILE…`: writes a Swift source that holds the texts of files below a folder.
@main
struct EmbedFiles {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        guard let output = words.first, let folder = words.dropFirst().first else {
            throw CocoaError(.fileNoSuchFile)
        }
        let entries = try words.dropFirst(2).map { name in
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            return "        \"\(name)\": \(fence)\"\"\"\n\(text)\n\"\"\"\(fence),\n"
        }
        let source = """
            /// The files of `terraform/`, by their paths below it; made anew by every build.
            enum TerraformFiles {
                static let textByPath: [String: String] = [
            \(entries.joined())
                ]
            }

            """
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }

    /// More of them in a row than any text has after three quotation marks.
    private static let fence = String(repeating: "#", count: 8)
}
