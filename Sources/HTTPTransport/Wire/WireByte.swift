/// What a byte may be part of.
enum WireByte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")

    /// Of a token: a method, a field's name (RFC 9110, 5.6.2).
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        let bits = byte < 64 ? lowTokens : highTokens
        return byte < 128 && bits >> UInt64(byte & 63) & 1 == 1
    }

    /// A bit for each of the digits and of !#$%&'*+-.
    private static let lowTokens: UInt64 = 0x03FF_6CFA_0000_0000
    /// A bit for each of the letters and of ^_`|~, counted from 64 on.
    private static let highTokens: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    /// Of a field's value or a reason: anything but control characters (RFC 9110, 5.5). CR, LF and NUL are what makes
    /// two messages of one.
    @inline(__always)
    static func isText(_ byte: UInt8) -> Bool { byte >= space ? byte != 0x7F : byte == tab }

    /// Of a request's target as it is received: visible ASCII.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool { byte > space && byte < 0x7F }

    /// Of a request's target as it is sent: what RFC 3986 knows, everything else percent-encoded.
    @inline(__always)
    static func isURI(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: isTarget(byte)
        }
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    @inline(__always)
    static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        default: nil
        }
    }

    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte &- UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte &- UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
