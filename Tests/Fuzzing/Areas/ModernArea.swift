import Foundation
import MCPWire
import NIOCore

/// Modern requests and the headers that mirror them: fields are what Foundation reads, and a wrapped value is the one
/// that was wrapped, in one spelling only.
struct ModernArea: FuzzArea {
    let name = "modern"
    let share = 80

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        switch random.below(3) {
        case 0:
            var text = Array("=?base64?\(Data(JSONWriter.text(&random).utf8).base64EncodedString())?=".utf8)
            if random.once(in: 2) { ByteText.mutate(&text, &random, most: 2) }
            return text
        default:
            return MessageText.any(&random)
        }
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        guard input.first == UInt8(ascii: "=") else { return request(input) ?? roundTrip(&random) }
        let header = String(decoding: input, as: UTF8.self)
        guard let value = MirroredValue.decode(header) else { return nil }
        if value.utf8.elementsEqual(header.utf8) { return nil }
        let again = "=?base64?\(Data(value.utf8).base64EncodedString())?="
        return again == header ? nil : "'\(header)' is another spelling of '\(again)'"
    }

    private func roundTrip(_ random: inout FuzzRandom) -> String? {
        let text = JSONWriter.text(&random, most: 20)
        let wrapped = "=?base64?\(Data(text.utf8).base64EncodedString())?="
        guard let value = MirroredValue.decode(wrapped), value.utf8.elementsEqual(text.utf8) else {
            return "\(wrapped) is not '\(text)'"
        }
        return nil
    }

    private func request(_ input: [UInt8]) -> String? {
        let request: ModernRequest
        do {
            let message = try ScannedMessage(scanning: ByteBuffer(bytes: input))
            guard message.envelope.kind == .request else { return nil }
            request = try ModernRequest(message)
        } catch {
            return nil
        }
        guard let whole = OtherReading.of(input) as? [String: Any], let params = whole["params"] as? [String: Any],
            let meta = params["_meta"] as? [String: Any]
        else { return OtherReading.isStricter(of: input) ? nil : "a modern request without params._meta" }
        let parameter = ModernRequest.mirroredParameters[request.method]
        let texts: [(String, String?, Any?)] = [
            ("requestState", request.requestState, params["requestState"]),
            ("logLevel", request.logLevel, meta[ModernRequest.MetaKey.logLevel]),
            ("name", request.name, parameter.flatMap { params[$0] }),
        ]
        for (name, text, value) in texts {
            let value = value as? String
            guard text.map({ Array($0.utf8) }) == value.map({ Array($0.utf8) }) else { return "\(name) differs" }
        }
        let capabilities = OtherReading.of(request.clientCapabilities.utf8)
        guard OtherReading.same(capabilities, meta[ModernRequest.MetaKey.clientCapabilities]) else {
            return "the capabilities differ"
        }
        return responses(request, params["inputResponses"] as? [String: Any]) ?? filter(request, params)
    }

    private func responses(_ request: ModernRequest, _ other: [String: Any]?) -> String? {
        guard request.inputResponses.count == (other ?? [:]).count else { return "inputResponses differ in number" }
        for (key, json) in request.inputResponses where !OtherReading.same(OtherReading.of(json.utf8), other?[key]) {
            return "the response \(key) differs"
        }
        return nil
    }

    /// A filter that is written is the filter that is read.
    private func filter(_ request: ModernRequest, _ params: [String: Any]) -> String? {
        guard let filter = request.filter else { return nil }
        let wanted = params["notifications"] as? [String: Any]
        let uris = (wanted?["resourceSubscriptions"] as? [Any])?.compactMap { $0 as? String } ?? []
        guard filter.resources == uris else { return "the resources differ" }
        guard OtherReading.of(filter.json.utf8) is [String: Any] else { return "\(filter.json) is no JSON" }
        return nil
    }
}
