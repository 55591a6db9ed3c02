/// What a head's fields say of the connection and of the body's end, gathered while they are read.
struct FramingFields {
    private var length: Int?
    private var isChunked = false
    private var hasUnknownCoding = false
    private var hosts = 0
    private(set) var saysClose = false
    private(set) var saysKeepAlive = false
    private(set) var expectsContinue = false

    /// Takes note of a field. Whatever two recipients could understand in two ways is refused (RFC 9112, 6.3 and 11.2):
    /// a length twice, a coding twice, a host twice.
    mutating func note(_ name: WireText, _ value: WireText) throws(WireFault) {
        switch name.count {
        case 4 where name.isWord("host"):
            hosts += 1
            if hosts > 1 { throw .malformed }
        case 6 where name.isWord("expect"):
            if value.isWord("100-continue") { expectsContinue = true }
        case 10 where name.isWord("connection"): noteConnection(value)
        case 14 where name.isWord("content-length"):
            guard length == nil, let bytes = Self.number(value) else { throw .malformed }
            length = bytes
        case 17 where name.isWord("transfer-encoding"):
            guard !isChunked, !hasUnknownCoding else { throw .malformed }
            isChunked = value.isWord("chunked")
            hasUnknownCoding = !isChunked
        default: break
        }
    }

    /// Decimal digits and nothing else, no more than fit.
    private static func number(_ text: WireText) -> Int? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var number = 0
        for byte in text.bytes {
            guard let digit = WireByte.digit(byte) else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func noteConnection(_ value: WireText) {
        var start = 0
        while start <= value.count {
            let end = value.firstIndex(of: UInt8(ascii: ","), from: start) ?? value.count
            let option = value[start..<end].trimmed
            if option.isWord("close") { saysClose = true }
            if option.isWord("keep-alive") { saysKeepAlive = true }
            start = end + 1
        }
    }

    /// Whether the connection outlives the message.
    func keepsAlive(minor: Int) -> Bool { !saysClose && (minor >= 1 || saysKeepAlive) }

    /// How a request's body ends: one without either field has none.
    func requestBody(minor: Int) throws(WireFault) -> BodyFraming {
        try checkCoding(minor)
        if isChunked { return .chunked }
        guard let length, length > 0 else { return .none }
        return .length(length)
    }

    /// How the body of a response ends that may have one.
    func responseBody(minor: Int) throws(WireFault) -> BodyFraming {
        try checkCoding(minor)
        if isChunked { return .chunked }
        guard let length else { return .untilClose }
        return length > 0 ? .length(length) : .none
    }

    /// A length beside a coding is an attempt at smuggling, and HTTP/1.0 knows no codings (RFC 9112, 6.1).
    private func checkCoding(_ minor: Int) throws(WireFault) {
        guard isChunked || hasUnknownCoding else { return }
        guard length == nil, minor >= 1 else { throw .malformed }
        guard isChunked else { throw .unknownCoding }
    }
}
