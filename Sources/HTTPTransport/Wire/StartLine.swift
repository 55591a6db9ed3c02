import NIOHTTP1

/// The first line of a message.
enum StartLine {
    case request(HTTPMethod, uri: String, minor: Int)
    case response(HTTPResponseStatus, minor: Int)

    /// Reads a request's line (RFC 9112, 3). A method that nobody knows is more likely the rest of a body than a request,
    /// and `CONNECT` asks for a tunnel, which nobody gives here.
    init(request line: WireText) throws(WireFault) {
        guard let space = line.firstIndex(of: WireByte.space), space > 0, line.count > space + 10 else {
            throw .malformed
        }
        let end = line.count - 9
        let (name, target) = (line[0..<space], line[(space + 1)..<end])
        guard line[end] == WireByte.space, let minor = Self.minor(line[(end + 1)..<line.count]),
            target.allSatisfy({ WireByte.isTarget($0) }), Self.begins(target), let method = Self.method(name)
        else { throw .malformed }
        self = .request(method, uri: target.string, minor: minor)
    }

    /// Reads a response's line (RFC 9112, 4); the reason counts for nothing.
    init(response line: WireText) throws(WireFault) {
        guard line.count >= 12, let minor = Self.minor(line[0..<8]), line[8] == WireByte.space,
            let hundreds = WireByte.digit(line[9]), let tens = WireByte.digit(line[10]),
            let ones = WireByte.digit(line[11]), hundreds > 0
        else { throw .malformed }
        if line.count > 12 {
            guard line[12] == WireByte.space, line[12..<line.count].isText else {
                throw .malformed
            }
        }
        self = .response(HTTPResponseStatus(statusCode: hundreds * 100 + tens * 10 + ones), minor: minor)
    }

    private static func minor(_ version: WireText) -> Int? {
        version.equals("HTTP/1.1") ? 1 : version.equals("HTTP/1.0") ? 0 : nil
    }

    /// A path, `*`, or a whole URI.
    private static func begins(_ target: WireText) -> Bool {
        switch target[0] {
        case UInt8(ascii: "/"): return true
        case UInt8(ascii: "*"): return target.count == 1
        default:
            guard let colon = target.firstIndex(of: UInt8(ascii: ":")), target.count > colon + 2 else { return false }
            let isScheme =
                colon > 0 && target[0..<colon].allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
            return isScheme && target[(colon + 1)..<(colon + 3)].equals("//")
        }
    }

    private static func method(_ name: WireText) -> HTTPMethod? {
        if name.equals("POST") { return .POST }
        if name.equals("GET") { return .GET }
        if name.equals("DELETE") { return .DELETE }
        switch HTTPMethod(rawValue: name.string) {
        case .RAW, .CONNECT: return nil
        case let method: return method
        }
    }
}
