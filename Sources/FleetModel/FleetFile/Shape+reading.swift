import Yams

extension Setting.Shape {
    /// The node as a value of this shape, or why it is none.
    func read(_ node: Node) -> Result<SettingValue, ShapeFault> {
        if node.isNull { return .failure(ShapeFault(node.position, "has no value", "\(example) or remove the line")) }
        return switch self {
        case .text: readText(node)
        case .choice(let words): readChoice(node, words)
        case .integer(let range): readInteger(node, range)
        case .boolean: readBoolean(node)
        case .words: readWords(node)
        case .pairs: readPairs(node)
        }
    }

    private var example: String {
        switch self {
        case .text: "write a text after the colon"
        case .choice(let words): "write one of \(words.joined(separator: ", "))"
        case .integer(let range) where range.count == 1: "write \(range.lowerBound)"
        case .integer(let range): "write a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "write true or false"
        case .words: "write a list, such as [first, second]"
        case .pairs: "write NAME: value pairs below it, each on its own line"
        }
    }

    private func readText(_ node: Node) -> Result<SettingValue, ShapeFault> {
        if let text = node.plainText {
            return text.isEmpty
                ? .failure(ShapeFault(node.position, "is empty", "\(example) or remove the line"))
                : .success(.text(text))
        }
        guard let raw = node.rawText else {
            return .failure(ShapeFault(node.position, "is not a text", example))
        }
        return .failure(
            ShapeFault(node.position, "is a number or a switch to YAML, not a text", "put it in quotes: \"\(raw)\"")
        )
    }

    private func readChoice(_ node: Node, _ words: [String]) -> Result<SettingValue, ShapeFault> {
        readText(node).flatMap { value in
            guard case .text(let text) = value, !words.contains(text) else { return .success(value) }
            let nearest = Spelling.nearest(to: text, among: words).map { "did you mean \($0)?" }
            return .failure(
                ShapeFault(node.position, "is \(text), which is no choice", nearest ?? example, kind: .invalidValue)
            )
        }
    }

    private func readInteger(_ node: Node, _ range: ClosedRange<Int>) -> Result<SettingValue, ShapeFault> {
        guard let number = node.decimal else {
            if let quoted = node.plainText, let number = Int(quoted), range.contains(number) {
                return .failure(ShapeFault(node.position, "is a text, not a number", "write \(number) without quotes"))
            }
            return .failure(ShapeFault(node.position, "is not a whole number", example))
        }
        guard range.contains(number) else {
            let allowed = range.count == 1 ? "and not \(range.lowerBound)" : "outside \(words)"
            return .failure(
                ShapeFault(
                    node.position, "is \(number), \(allowed)", example,
                    kind: .invalidValue
                )
            )
        }
        return .success(.integer(number))
    }

    private func readBoolean(_ node: Node) -> Result<SettingValue, ShapeFault> {
        guard let flag = node.flag else {
            return .failure(ShapeFault(node.position, "is neither true nor false", example))
        }
        return .success(.boolean(flag))
    }

    private func readWords(_ node: Node) -> Result<SettingValue, ShapeFault> {
        guard let items = node.sequence else {
            let words = node.rawText?.split(separator: " ").map(String.init) ?? []
            let hint = words.isEmpty ? example : "write \(YAMLText.list(words))"
            return .failure(ShapeFault(node.position, "is not a list", hint))
        }
        var words: [SettingValue.Word] = []
        for item in items {
            guard let text = item.rawText, !text.isEmpty else {
                return .failure(ShapeFault(item.position, "has an item that is not a word", example))
            }
            words.append(SettingValue.Word(text: text, position: item.position))
        }
        guard !words.isEmpty else {
            return .failure(ShapeFault(node.position, "is an empty list", "\(example) or remove the line"))
        }
        return .success(.words(words))
    }

    private func readPairs(_ node: Node) -> Result<SettingValue, ShapeFault> {
        guard let mapping = node.mapping else {
            return .failure(ShapeFault(node.position, "is not a set of pairs", example))
        }
        var pairs: [SettingValue.Pair] = []
        for (key, value) in mapping {
            let name = YAMLDocument.key(key)
            guard !pairs.contains(where: { $0.name.text == name }) else {
                return .failure(
                    ShapeFault(key.position, "has \(name) twice", "keep one of the two", kind: .duplicateKey)
                )
            }
            guard let text = value.rawText else {
                return .failure(ShapeFault(value.position, "has no text for \(name)", "write a value in quotes"))
            }
            let word = SettingValue.Word(text: name, position: key.position)
            pairs.append(SettingValue.Pair(name: word, value: text))
        }
        return .success(.pairs(pairs))
    }
}
