/// A word that stands in one request and in nothing else, wherever it turns up.
enum EdgeMark {
    private static let opening = Array("mark-".utf8)
    private static let digits = 12

    static func make(_ random: inout FuzzRandom) -> String {
        let text = String(random.next() >> 16, radix: 16)
        return "mark-" + String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// The marks in a text, in order.
    static func all(in bytes: [UInt8]) -> [String] {
        var marks: [String] = []
        var rest = bytes[...]
        while let start = rest.firstIndex(of: opening[0]) {
            rest = rest[start...]
            if rest.starts(with: opening), rest.count >= opening.count + digits {
                marks.append(String(decoding: rest.prefix(opening.count + digits), as: UTF8.self))
            }
            rest = rest.dropFirst()
        }
        return marks
    }
}
