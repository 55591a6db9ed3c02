/// An id or a progress token together with the very bytes that stood for it, to be written back as they were.
package struct WrittenID: Equatable, Sendable {
    package let value: MessageID
    package let text: [UInt8]

    package init(value: MessageID, text: [UInt8]) {
        self.value = value
        self.text = text
    }

    /// An id of the gateway's own.
    package init(_ number: Int) {
        let digits = String(number)
        value = .number(digits)
        text = Array(digits.utf8)
    }
}

extension MessageID {
    /// The number, where the id is one that the gateway could have given: digits only.
    package var gatewayNumber: Int? {
        guard case .number(let digits) = self, digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int(digits)
    }
}
