import Yams

/// The fleet file, `slipway.yaml`: from text to a judged `Fleet`, or to everything that is wrong with it.
package enum FleetFile {
    package static let name = "slipway.yaml"

    /// The fleet the text describes. Throws all problems at once, each with its line.
    ///
    /// - Parameter file: the name to give the file in problems, as the operator wrote it.
    package static func parse(_ text: String, named file: String = name) throws(Problems) -> Fleet {
        let document = YAMLDocument(text)
        guard let root = document.root?.mapping else {
            throw Problems([document.fault?.problem(in: file) ?? emptyFile(file)])
        }
        var reader = FleetReader(file: file)
        let draft = reader.read(root)
        let problems = reader.problems + draft.problems.map { $0.problem(in: file) }
        guard problems.isEmpty else { throw Problems(problems) }
        guard let fleet = draft.fleet else { throw Problems([unresolved(file)]) }
        return fleet
    }

    private static func emptyFile(_ file: String) -> Problem {
        Problem(
            .syntax,
            at: .file(file, line: 1, column: 1),
            "the file holds no settings",
            hint: "remove it, and write one with every setting explained with: slipway init"
        )
    }

    /// Every draft without a problem makes a fleet; should one not, that is our fault and not the operator's.
    private static func unresolved(_ file: String) -> Problem {
        Problem(
            .defect,
            at: .file(file),
            "no fleet could be made of this file, although no rule found a fault in it",
            hint: "this is a fault in slipway: please report it together with the file"
        )
    }
}
