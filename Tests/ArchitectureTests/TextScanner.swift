/// Tells code from comments and strings, well enough to count braces and look for words.
///
/// Knows nested block comments, multi-line and raw strings, interpolation, backticked names and Terraform's heredocs.
/// It does not know regular expression literals; the sources have none with an unbalanced brace or quote.
struct TextScanner {
    enum Dialect {
        case swift
        case terraform
    }

    let bytes: [UInt8]
    let dialect: Dialect
    var position = 0
    private var code: [String] = []
    private var comments: [String] = []
    var codeLine: [UInt8] = []
    private var commentLine: [UInt8] = []

    init(text: String, dialect: Dialect) {
        bytes = Array(text.utf8)
        self.dialect = dialect
    }

    mutating func scan() -> (code: [String], comments: [String]) {
        while position < bytes.count {
            // Most bytes begin nothing, and asking each of them every question takes seconds in a debug build.
            guard Self.openings.contains(bytes[position]) else {
                take(into: \.codeLine)
                continue
            }
            if startsWith("//") || (dialect == .terraform && startsWith("#")) {
                lineComment()
            } else if startsWith("/*") {
                blockComment()
            } else if dialect == .terraform && startsWith("<<") {
                heredoc()
            } else if let hashes = hashesBeforeQuote() {
                string(hashes: hashes)
            } else if dialect == .swift && startsWith("`") {
                backticks()
            } else {
                take(into: \.codeLine)
            }
        }
        if !codeLine.isEmpty || !commentLine.isEmpty { endLine() }
        return (code, comments)
    }

    /// The bytes that may begin something that is not code.
    private static let openings = Array("/#<\"`".utf8)

    func startsWith(_ word: String) -> Bool {
        bytes[position...].starts(with: word.utf8)
    }

    private mutating func endLine() {
        code.append(String(decoding: codeLine, as: UTF8.self))
        comments.append(String(decoding: commentLine, as: UTF8.self))
        codeLine = []
        commentLine = []
    }

    /// Moves one byte on, ending the line at a newline; `nil` drops the byte.
    mutating func take(into line: WritableKeyPath<TextScanner, [UInt8]>?) {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\n") {
            endLine()
        } else if let line {
            self[keyPath: line].append(byte)
        }
    }

    mutating func take(_ count: Int, into line: WritableKeyPath<TextScanner, [UInt8]>?) {
        for _ in 0..<count where position < bytes.count { take(into: line) }
    }

    private mutating func lineComment() {
        while position < bytes.count && bytes[position] != UInt8(ascii: "\n") { take(into: \.commentLine) }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if startsWith("/*") {
                depth += 1
                take(2, into: \.commentLine)
            } else if startsWith("*/") {
                depth -= 1
                take(2, into: \.commentLine)
            } else {
                take(into: \.commentLine)
            }
        } while depth > 0 && position < bytes.count
    }

    private mutating func backticks() {
        take(into: \.codeLine)
        while position < bytes.count && !startsWith("`") && !startsWith("\n") { take(into: nil) }
        take(1, into: \.codeLine)
    }

    /// `<<EOT` or `<<-EOT` up to the line that holds only the word.
    private mutating func heredoc() {
        take(2, into: nil)
        var word: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            if bytes[position] != UInt8(ascii: "-") { word.append(bytes[position]) }
            take(into: nil)
        }
        take(1, into: nil)
        while position < bytes.count {
            let line = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
            take(line.count + 1, into: nil)
            if Array(line.drop { $0 == UInt8(ascii: " ") }) == word { return }
        }
    }
}
