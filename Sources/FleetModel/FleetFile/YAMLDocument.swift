import Yams

/// A text composed as YAML, duplicate keys included.
///
/// Yams refuses a mapping that has a key twice and names only the first place. So that such a file is judged
/// whole, the earlier key gets an invisible mark in front and the text is composed again.
struct YAMLDocument {
    private(set) var root: Node?
    private(set) var fault: YAMLFault?

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        for attempt in 0..<UInt32(Self.markLimit) {
            do {
                root = try compose(yaml: Self.joined(lines))
                if let root, root.mapping == nil { fault = YAMLFault(notAMapping: root) }
                return
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let position = Position(line: context.mark.line, column: context.mark.column)
                guard let mark = Unicode.Scalar(Self.firstMark + attempt),
                    Self.insert(mark, into: &lines, at: position)
                else { break }
                fault = YAMLFault(duplicateKey: keys.first ?? "", position: position)
            } catch let error as YamlError {
                fault = YAMLFault(error, text: text)
                return
            } catch {
                fault = YAMLFault(words: "\(error)")
                return
            }
        }
    }

    /// The key as the operator wrote it; empty for one that is no scalar.
    static func key(_ node: Node) -> String {
        let written = node.scalar?.string ?? ""
        guard let first = written.unicodeScalars.first,
            (firstMark..<firstMark + UInt32(markLimit)).contains(first.value)
        else { return written }
        return String(written.unicodeScalars.dropFirst())
    }

    /// From the first private-use code point on: YAML allows them (1.2, 5.1) and no key of ours has one.
    private static let firstMark: UInt32 = 0xE000
    private static let markLimit = 200

    private static func joined(_ lines: [[Unicode.Scalar]]) -> String {
        lines.map { line in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: line)
            return String(text)
        }
        .joined(separator: "\n")
    }

    private static func insert(
        _ mark: Unicode.Scalar,
        into lines: inout [[Unicode.Scalar]],
        at position: Position
    ) -> Bool {
        let (line, column) = (position.line - 1, position.column - 1)
        guard lines.indices.contains(line), lines[line].indices.contains(column) else { return false }
        let isQuoted = lines[line][column] == "\"" || lines[line][column] == "'"
        lines[line].insert(mark, at: isQuoted ? column + 1 : column)
        return true
    }
}
