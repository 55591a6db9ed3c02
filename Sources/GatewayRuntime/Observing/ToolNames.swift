/// The tools that have a label of their own, the first so many that the server knew; the rest share one. Clients choose
/// names, so a name counts only once the server has answered a call of it with success.
struct ToolNames {
    static let mostNames = 200
    /// MCP 2025-11-25, Tools: a name has at most so many characters.
    static let longestName = 128
    /// What every other tool is called.
    static let other = "other"

    private var indexByName: [String: Int] = [:]
    private var names = ["", other]

    /// The label's index for a name; `isKnown` says whether the server answered it with success.
    mutating func index(of name: String?, isKnown: Bool) -> Int {
        guard let name else { return 0 }
        if let index = indexByName[name] { return index }
        guard isKnown, indexByName.count < Self.mostNames, Self.isPlain(name), name != Self.other else { return 1 }
        names.append(name)
        indexByName[name] = names.count - 1
        return names.count - 1
    }

    /// The label; empty where there is no tool.
    subscript(index: Int) -> String { names[index] }

    /// Whether a name is of the alphabet that MCP gives tool names, with the slash that some servers use: what else a
    /// client writes there has no place in a log.
    static func isPlain(_ name: String) -> Bool {
        let text = name.utf8
        return !text.isEmpty && text.count <= longestName
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}
