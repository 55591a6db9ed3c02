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

    @inline(__always)
    func allSatisfy(_ isAllowed: (UInt8) -> Bool) -> Bool {
        // Without a way out of the loop, so that many bytes are looked at in one step.
        var isAllowedWhole = true
        for byte in bytes { isAllowedWhole = isAllowed(byte) && isAllowedWhole }
        return isAllowedWhole
    }
}
