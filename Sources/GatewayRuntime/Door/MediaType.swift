/// Media types, compared as bytes: this is done for every request, and makes no strings.
enum MediaType {
    /// The type without its parameters and the blanks around it (RFC 9110, 8.3.1).
    static func essence(of field: Substring.UTF8View) -> Substring.UTF8View {
        var essence = field.prefix { $0 != UInt8(ascii: ";") }.drop(while: isBlank)
        while let last = essence.last, isBlank(last) { essence.removeLast() }
        return essence
    }

    /// Whether a field's value, parameters aside, is this type.
    static func isValue(_ value: String, _ type: StaticString) -> Bool { isSame(essence(of: value[...].utf8), type) }

    /// Whether two texts are the same but for the case of their letters; `other` is in lower case.
    static func isSame(_ text: some Collection<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        let wanted = UnsafeBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount)
        return zip(text, wanted).allSatisfy { byte, wanted in
            byte == wanted || (byte | 0x20 == wanted && (0x41...0x5A).contains(byte))
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
