import FleetModel

/// A version of the program `terraform`.
package struct TerraformVersion: Comparable, Sendable, CustomStringConvertible {
    private let parts: [Int]

    /// The first that locks an S3 state with a file beside it.
    package static let least = TerraformVersion(parts: [1, 11, 0])

    private init(parts: [Int]) {
        self.parts = parts
    }

    /// - Parameter json: what `terraform version -json` says; nil where it says none.
    package init?(json: String) {
        struct Answer: Decodable {
            let terraform_version: String
        }
        guard let answer = Answer(json: json.utf8) else { return nil }
        // What follows a hyphen names a preview: 1.12.0-beta1.
        let numbers = answer.terraform_version.prefix { $0 != "-" }.split(separator: ".").map { Int($0) }
        guard numbers.count == 3, !numbers.contains(nil) else { return nil }
        parts = numbers.compactMap { $0 }
    }

    package var description: String { parts.map(String.init).joined(separator: ".") }

    package static func < (one: Self, other: Self) -> Bool { one.parts.lexicographicallyPrecedes(other.parts) }
}
