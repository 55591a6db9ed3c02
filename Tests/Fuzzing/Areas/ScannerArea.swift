import Foundation
import MCPWire
import NIOCore

/// Messages, whole and broken: Foundation agrees on what is JSON and on every field that was read; a message rewritten
/// is the message that its envelope describes; the beginning of a message never names another request.
struct ScannerArea: FuzzArea {
    let name = "scanner"
    let share = 250

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        var text = MessageText.any(&random)
        if random.once(in: 2) { ByteText.mutate(&text, &random) }
        return text
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let bytes = ByteBuffer(bytes: input)
        let other = OtherReading.of(input) as? [String: Any]
        let message: ScannedMessage
        do throws(MessageScanner.Refusal) {
            message = try ScannedMessage(scanning: bytes)
        } catch {
            _ = MessageScanner.beginning(bytes.readableBytesUInt8Span)
            _ = MessageScanner.requestID(inBeginning: bytes.readableBytesUInt8Span)
            return Self.judge(error, other != nil, input)
        }
        if other == nil, !OtherReading.isStricter(of: input) { return "accepted, and Foundation refuses it" }
        return Self.sound(message, input) ?? other.flatMap { Self.compare(message, $0) }
            ?? Self.rewrite(message, &random) ?? Self.cut(message.envelope, input, &random)
    }

    private static func judge(_ refusal: MessageScanner.Refusal, _ isObject: Bool, _ input: [UInt8]) -> String? {
        switch refusal {
        case .malformed(let reason):
            guard isObject, !OtherReading.isLooser(of: input) else { return nil }
            return "refused (\(reason.reason) at \(reason.offset)), and Foundation accepts it"
        case .invalid:
            return isObject || OtherReading.isStricter(of: input) ? nil : "called JSON, and Foundation refuses it"
        }
    }

    /// The message goes into one line, and stays what it was.
    private static func sound(_ message: ScannedMessage, _ input: [UInt8]) -> String? {
        if message.bytes.readableBytesView.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return "holds a line break" }
        if message.bytes.readableBytes != input.count { return "its length changed" }
        return describes(message.envelope, message.bytes) ? nil : "the envelope does not describe the line"
    }

    private static func describes(_ envelope: MessageEnvelope, _ bytes: ByteBuffer) -> Bool {
        var envelope = envelope
        envelope.hasLineBreaks = false
        do throws(MessageScanner.Refusal) {
            return try ScannedMessage(scanning: bytes).envelope == envelope
        } catch {
            return false
        }
    }

    private static func compare(_ message: ScannedMessage, _ other: [String: Any]) -> String? {
        let envelope = message.envelope
        let params = other["params"] as? [String: Any]
        let result = other["result"] as? [String: Any]
        let meta = params?["_meta"] as? [String: Any]
        let resultMeta = result?["_meta"] as? [String: Any]
        let key = ModernRequest.MetaKey.subscriptionID
        let token = envelope.kind == .notification ? params?["progressToken"] : meta?["progressToken"]
        let ids: [(String, MessageID?, Any?)] = [
            ("id", envelope.id, other["id"]), ("requestId", envelope.cancelled, params?["requestId"]),
            ("progressToken", envelope.progressToken, token),
            ("subscriptionId", envelope.subscription, meta?[key] ?? resultMeta?[key]),
        ]
        for (name, id, value) in ids where !OtherReading.agrees(id, with: value) { return "\(name) is read as another" }
        let texts: [(String, String?, Any?)] = [
            ("name", envelope.name, params?["name"]), ("resultType", envelope.resultType, result?["resultType"]),
            ("method", envelope.method == .none ? nil : envelope.method.name, other["method"]),
            (
                "modern version", envelope.modernVersion == "" ? nil : envelope.modernVersion,
                meta?[ModernRequest.MetaKey.protocolVersion]
            ),
        ]
        for (name, text, value) in texts {
            guard let text else { continue }
            guard let value = value as? String, value.utf8.elementsEqual(text.utf8) else { return "\(name) differs" }
        }
        let given = message.parameters.flatMap { OtherReading.of($0) }
        return OtherReading.same(given, other["params"]) ? nil : "params are cut out wrongly"
    }

    /// Other ids in the place of those that are there.
    private static func rewrite(_ message: ScannedMessage, _ random: inout FuzzRandom) -> String? {
        let envelope = message.envelope
        func fresh(_ present: MessageID?, _ random: inout FuzzRandom) -> WrittenID? {
            guard present != nil, !random.once(in: 3) else { return nil }
            if random.once(in: 2) { return WrittenID(random.below(1_000_000)) }
            let text = JSONWriter.text(&random)
            return WrittenID(value: .text(text), text: Array(JSONText.quoted(text).utf8))
        }
        let rewriting = ScannedMessage.Rewriting(
            id: fresh(envelope.id, &random),
            cancelled: fresh(envelope.cancelled, &random),
            progressToken: fresh(envelope.progressToken, &random),
            subscription: fresh(envelope.subscription, &random)
        )
        let rewritten = message.rewritten(rewriting)
        var line = message.rewrittenLine(rewriting)
        guard describes(rewritten.envelope, rewritten.bytes) else {
            return "rewritten to \(String(buffer: rewritten.bytes)) it is not what its envelope says"
        }
        let whole = line.readSlice(length: max(0, line.readableBytes - 1))
        return whole == rewritten.bytes && line.readableBytesView.first == 0x0A ? nil : "its line is another message"
    }

    private static func cut(_ envelope: MessageEnvelope, _ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let length = random.below(input.count + 1)
        let beginning = ByteBuffer(bytes: input[..<length])
        switch MessageScanner.beginning(beginning.readableBytesUInt8Span) {
        case .unknown: break
        case .notResponse where envelope.kind == .response:
            return "its first \(length) bytes deny that it is a response"
        case .notResponse: break
        case .response(let id):
            guard envelope.kind == .response, envelope.id == id else {
                return "its first \(length) bytes answer the request \(id.json)"
            }
        }
        let named = MessageScanner.requestID(inBeginning: beginning.readableBytesUInt8Span)
        return named == nil || named == envelope.id
            ? nil : "its first \(length) bytes name the request \(named?.json ?? "")"
    }
}
