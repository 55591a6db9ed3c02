/// What a command answers: the same value for people and for programs.
package protocol Answer: Encodable {
    /// For people; ends in a line break.
    func text(ink: Ink) -> String
}

extension Answer {
    /// The answer in the format asked for. A new format is a compile error until it is handled here.
    package func rendered(as format: OutputFormat, ink: Ink) -> String {
        switch format {
        case .text: text(ink: ink)
        case .json: JSONText.encode(self)
        }
    }
}
