import Foundation
import MCPWire
import NIOCore

/// Arrays and objects out of any bytes: a batch is cut where Foundation cuts it, an object's members are those that
/// Foundation finds.
struct BatchArea: FuzzArea {
    let name = "batch"
    let share = 100

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        var writer = JSONWriter()
        writer.space(&random)
        if random.once(in: 4) {
            writer.value(&random)
        } else {
            writer.raw("[")
            for position in 0..<random.below(4) {
                if position > 0 { writer.raw(",") }
                writer.space(&random)
                random.once(in: 3) ? writer.value(&random) : writer.raw(MessageText.any(&random))
                writer.space(&random)
            }
            writer.raw("]")
        }
        writer.space(&random)
        var bytes = writer.bytes
        if random.once(in: 3) { ByteText.mutate(&bytes, &random) }
        return bytes
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let bytes = ByteBuffer(bytes: input)
        let other = OtherReading.of(input)
        return MessageBatch.isBatch(bytes.readableBytesUInt8Span)
            ? Self.batch(bytes, input, other as? [Any]) : Self.object(bytes, input, other as? [String: Any])
    }

    private static func batch(_ bytes: ByteBuffer, _ input: [UInt8], _ other: [Any]?) -> String? {
        let ranges: [Range<Int>]
        do throws(MalformedJSON) {
            ranges = try MessageBatch.split(bytes.readableBytesUInt8Span)
        } catch {
            return other == nil || OtherReading.isLooser(of: input) ? nil : "no batch, and Foundation reads one"
        }
        guard let other else {
            return OtherReading.isStricter(of: input) ? nil : "a batch, and Foundation reads none"
        }
        guard ranges.count == other.count else {
            return "\(ranges.count) messages, and Foundation reads \(other.count)"
        }
        for (range, value) in zip(ranges, other) where !OtherReading.same(OtherReading.of(input[range]), value) {
            return "the message at \(range) is cut wrongly"
        }
        return nil
    }

    private static func object(_ bytes: ByteBuffer, _ input: [UInt8], _ other: [String: Any]?) -> String? {
        guard let object = JSONObject(in: bytes) else { return nil }
        let rest = input[object.range.upperBound...]
        guard rest.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return nil }
        guard let other else {
            return OtherReading.isStricter(of: input) ? nil : "an object, and Foundation reads none"
        }
        guard object.members.count == other.count else { return "it has \(other.count) members" }
        for member in object.members
        where !OtherReading.same(OtherReading.of(input[member.value]), other[member.name]) {
            return "the member \(member.name) is cut wrongly"
        }
        return nil
    }
}
