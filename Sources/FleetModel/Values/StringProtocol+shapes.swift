extension StringProtocol {
    /// Without the spaces, tabs and carriage returns at both ends.
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// A name a shell accepts for a variable (POSIX 8.1).
    var isEnvironmentName: Bool {
        guard let first, first == "_" || first.isASCIILetter else { return false }
        return allSatisfy { $0 == "_" || $0.isASCIILetter || $0.isASCIIDigit }
    }
}

extension Character {
    var isASCIILetter: Bool { isASCII && isLetter }
    var isASCIIDigit: Bool { isASCII && isNumber }
    var isASCIILowercase: Bool { isASCIILetter && isLowercase }
}
