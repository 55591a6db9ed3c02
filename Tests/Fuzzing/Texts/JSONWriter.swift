import NIOCore

/// Writes well-formed JSON in every spelling that the grammar allows.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// White space and escapes at random, or the plainest spelling.
    var isFanciful = true

    private static let scalars: [UnicodeScalar] = [
        "a", "b", "1", " ", "/", "\"", "\\", "\n", "\t", "\u{1}", "\u{7F}", "é", "e", "\u{301}", "😀", "\u{2028}", "ſ",
        "K", "\u{FFFD}", "\u{10FFFF}", "=", "?", "\u{0}",
    ]
    private static let numbers = [
        "0", "-0", "1", "2", "17", "-3", "1.0", "1e0", "1E+2", "2.5e-3", "123456789012345678901234567890",
        "9007199254740993",
        "0.1", "18446744073709551615", "-9223372036854775808",
    ]

    mutating func raw(_ text: String) { bytes += Array(text.utf8) }
    mutating func raw(_ more: [UInt8]) { bytes += more }

    mutating func space(_ random: inout FuzzRandom) {
        guard isFanciful, random.once(in: 6) else { return }
        for _ in 0...random.below(2) { bytes.append(random.pick([0x20, 0x20, 0x09, 0x0A, 0x0D])) }
    }

    static func text(_ random: inout FuzzRandom, most: Int = 8) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(most + 1) { text.append(random.pick(scalars)) }
        return String(text)
    }

    mutating func string(_ text: String, _ random: inout FuzzRandom) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars { character(scalar, &random) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func character(_ scalar: UnicodeScalar, _ random: inout FuzzRandom) {
        if scalar.value < 0x20 || (isFanciful && random.once(in: 24)) {
            for unit in String(scalar).utf16 { escape(unit, isUpper: random.once(in: 2)) }
        } else if scalar == "\"" || scalar == "\\" {
            raw("\\\(scalar)")
        } else if scalar == "/", random.once(in: 2) {
            raw("\\/")
        } else {
            raw(String(scalar))
        }
    }

    private mutating func escape(_ unit: UInt16, isUpper: Bool) {
        let digits = String(unit, radix: 16, uppercase: isUpper)
        raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }

    mutating func number(_ random: inout FuzzRandom) { raw(random.pick(Self.numbers)) }

    /// A string or a number, as ids and tokens are, or now and then something else.
    mutating func id(_ random: inout FuzzRandom) {
        switch random.below(14) {
        case 0..<6: number(&random)
        case 6..<12: string(random.pick(["1", "a/b", "é", "e\u{301}", "", "x y", "😀"]), &random)
        case 12: raw("null")
        default: value(&random, depth: 3)
        }
    }

    mutating func value(_ random: inout FuzzRandom, depth: Int = 0) {
        switch random.below(depth > 3 ? 5 : 8) {
        case 0: number(&random)
        case 1, 2: string(Self.text(&random), &random)
        case 3: raw(random.pick(["true", "false", "null"]))
        case 4: raw(random.pick(["[]", "{}", "\"\"", "[ ]", "{ }"]))
        case 5: array(&random, depth)
        default: object(&random, depth)
        }
    }

    private mutating func array(_ random: inout FuzzRandom, _ depth: Int) {
        raw("[")
        for position in 0...random.below(3) {
            if position > 0 { raw(",") }
            space(&random)
            value(&random, depth: depth + 1)
            space(&random)
        }
        raw("]")
    }

    private mutating func object(_ random: inout FuzzRandom, _ depth: Int) {
        let members = (0...random.below(3)).map { position in
            Member("\(Self.text(&random, most: 3))\(position)") { $0.value(&$1, depth: depth + 1) }
        }
        object(members, &random)
    }
}

extension JSONWriter {
    /// A member's name, and what writes its value.
    struct Member {
        let name: String
        let write: (inout JSONWriter, inout FuzzRandom) -> Void

        init(_ name: String, _ write: @escaping (inout JSONWriter, inout FuzzRandom) -> Void) {
            (self.name, self.write) = (name, write)
        }

        init(_ name: String, text: String) { self.init(name) { $0.string(text, &$1) } }
        init(_ name: String, _ members: [Member]) { self.init(name) { $0.object(members, &$1) } }
    }

    /// An object, its members in any order.
    mutating func object(_ members: [Member], _ random: inout FuzzRandom) {
        raw("{")
        var isFirst = true
        for member in members.shuffled(using: &random) {
            if !isFirst { raw(",") }
            isFirst = false
            space(&random)
            string(member.name, &random)
            space(&random)
            raw(":")
            space(&random)
            member.write(&self, &random)
            space(&random)
        }
        raw("}")
    }
}
