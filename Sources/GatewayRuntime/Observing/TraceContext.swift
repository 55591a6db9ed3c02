/// Which trace a request belongs to, as far as its header says (W3C Trace Context, `traceparent`). The gateway makes
/// no spans: it passes the header on unchanged and names the trace in its log.
enum TraceContext {
    /// The trace id of a `traceparent`, 32 hexadecimal digits; `nil` where the header is not a valid one.
    static func traceID(_ header: String) -> String? {
        let text = Array(header.utf8.prefix(56))
        guard text.count >= 55, text[2] == dash, text[35] == dash, text[52] == dash else { return nil }
        guard isHexadecimal(text[0..<2]), text[0..<2] != [0x66, 0x66] else { return nil }
        // Version 00 ends here; a later one may go on after a dash.
        guard text.count == 55 || (text[55] == dash && text[0..<2] != [0x30, 0x30]) else { return nil }
        guard isHexadecimal(text[3..<35]), isHexadecimal(text[36..<52]), isHexadecimal(text[53..<55]) else {
            return nil
        }
        guard text[3..<35].contains(where: { $0 != 0x30 }), text[36..<52].contains(where: { $0 != 0x30 }) else {
            return nil
        }
        return String(decoding: text[3..<35], as: UTF8.self)
    }

    /// The root of an `X-Amzn-Trace-Id`, which the load balancer gives every request (AWS, Request tracing for your
    /// Application Load Balancer).
    static func amazonRoot(_ header: String) -> String? {
        guard header.utf8.count <= 512 else { return nil }
        for field in header.split(separator: ";") {
            let field = field.drop { $0 == " " }
            if field.hasPrefix("Root=") { return identifier(field.dropFirst(5)) }
        }
        return nil
    }

    /// The text, where it may stand for a request in a log and in a header.
    static func identifier(_ text: some StringProtocol) -> String? {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), bytes.allSatisfy(isPlain) else { return nil }
        return String(text)
    }

    private static let dash = UInt8(ascii: "-")

    private static func isHexadecimal(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == dash || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
