#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Some bytes of a head, looked at where they lie. Valid only for as long as the buffer they lie in is borrowed.
struct WireText {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }
    var isEmpty: Bool { bytes.isEmpty }

    subscript(_ index: Int) -> UInt8 { bytes[index] }

    subscript(_ range: Range<Int>) -> WireText { WireText(UnsafeRawBufferPointer(rebasing: bytes[range])) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Its letters in lower case; for ASCII only.
    var lowercased: String {
        String(unsafeUninitializedCapacity: count) { target in
            for index in 0..<count {
                let byte = bytes[index]
                target[index] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
            }
            return count
        }
    }

    /// Without the blanks around it.
    var trimmed: WireText {
        var (start, end) = (0, bytes.count)
        while start < end, WireByte.isBlank(bytes[start]) { start += 1 }
        while end > start, WireByte.isBlank(bytes[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// Where a byte first stands, from an index on.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count else { return nil }
        guard let found = memchr(base + start, Int32(byte), bytes.count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    func equals(_ text: StaticString) -> Bool {
        guard text.utf8CodeUnitCount == count else { return false }
        guard let base = bytes.baseAddress else { return true }
        return memcmp(base, text.utf8Start, count) == 0
    }

    /// Whether it is this word in any case. `word`: in lower case, letters and hyphens only.
    func isWord(_ word: StaticString) -> Bool {
        guard word.utf8CodeUnitCount == count else { return false }
        for index in 0..<count {
            let letter = bytes[index]
            let lowered = letter >= UInt8(ascii: "A") && letter <= UInt8(ascii: "Z") ? letter | 0x20 : letter
            guard lowered == word.utf8Start[index] else { return false }
        }
        return true
    }

    func allSatisfy(_ isAllowed: (UInt8) -> Bool) -> Bool {
        for byte in bytes where !isAllowed(byte) { return false }
        return true
    }

    /// Whether every byte may be part of a field's value. Eight of them are looked at in one step, and each by itself
    /// only where one of the eight is a control character; a tab is one, and allowed.
    var isText: Bool {
        var index = 0
        while index + 8 <= bytes.count {
            let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let controls = (eight &- 0x2020_2020_2020_2020) & ~eight
            let deleted = eight ^ 0x7F7F_7F7F_7F7F_7F7F
            let deletes = (deleted &- 0x0101_0101_0101_0101) & ~deleted
            if (controls | deletes) & 0x8080_8080_8080_8080 != 0 {
                guard self[index..<(index + 8)].allSatisfy({ WireByte.isText($0) }) else { return false }
            }
            index += 8
        }
        return self[index..<bytes.count].allSatisfy { WireByte.isText($0) }
    }

    var isToken: Bool { !isEmpty && allSatisfy { WireByte.isToken($0) } }
}
