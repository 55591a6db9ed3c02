import Foundation
import MCPWire
import NIOCore

/// What Foundation's parser makes of a text: another reading, by people who never saw ours.
enum OtherReading {
    static func of(_ bytes: some Sequence<UInt8>) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    /// What Foundation refuses and RFC 8259 allows: half a surrogate pair, and numbers beyond a Double's.
    static func isStricter(of bytes: [UInt8]) -> Bool {
        var digits = 0
        for (place, byte) in bytes.enumerated() {
            digits = byte &- 0x30 < 10 ? digits + 1 : 0
            if digits > 300 { return true }
            if byte | 0x20 == UInt8(ascii: "e"), exponentDigits(bytes, place + 1) > 2 { return true }
            guard byte == UInt8(ascii: "u"), place > 0, bytes[place - 1] == UInt8(ascii: "\\"), place + 2 < bytes.count
            else { continue }
            if bytes[place + 1] | 0x20 == UInt8(ascii: "d"), bytes[place + 2] >= UInt8(ascii: "8") { return true }
        }
        return false
    }

    private static func exponentDigits(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[min(start, bytes.count)...].prefix { $0 &- 0x30 < 10 || $0 == 0x2B || $0 == 0x2D }.count
    }

    /// What Foundation takes and RFC 8259 does not, or the gateway bounds: a comma before a closing bracket, other
    /// encodings than UTF-8, deep nesting.
    static func isLooser(of bytes: [UInt8]) -> Bool {
        if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
        var (last, opened) = (UInt8(0), 0)
        for byte in bytes where ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            if byte | 0x20 == 0x7D, last == UInt8(ascii: ",") { return true }
            if byte | 0x20 == 0x7B { opened += 1 }
            last = byte
        }
        return opened > 200
    }

    /// Whether two values that Foundation read are the same, every scalar of them.
    static func same(_ one: Any?, _ other: Any?) -> Bool {
        switch (one, other) {
        case (nil, nil): true
        case (let one as String, let other as String): one.utf8.elementsEqual(other.utf8)
        case (let one as [String: Any], let other as [String: Any]):
            one.count == other.count && one.allSatisfy { same($0.value, other[$0.key]) }
        case (let one as [Any], let other as [Any]):
            one.count == other.count && zip(one, other).allSatisfy { same($0, $1) }
        case (let one as NSNumber, let other as NSNumber): one.doubleValue == other.doubleValue
        case (is NSNull, is NSNull): true
        default: false
        }
    }

    /// Whether the gateway's reading of an id or a token is Foundation's too.
    static func agrees(_ id: MessageID?, with value: Any?) -> Bool {
        switch (id, value) {
        case (.text(let text)?, let value as String): text.utf8.elementsEqual(value.utf8)
        case (.text?, _): false
        case (.number(let digits)?, let value as NSNumber): isClose(Double(digits), value.doubleValue)
        case (.number?, _): false
        case (nil, let value as String): value.utf8.count > 100
        case (nil, _): true
        }
    }

    private static func isClose(_ one: Double?, _ other: Double) -> Bool {
        guard let one else { return false }
        return one == other || abs(one - other) <= abs(other) * 1e-12
    }
}
