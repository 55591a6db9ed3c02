import Foundation
import MCPWire
import NIOCore

/// Changes to a text: what was asked for happens, and nothing else. A text that is quoted is read back as it was.
struct EditArea: FuzzArea {
    let name = "edit"
    let share = 100

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        var writer = JSONWriter()
        writer.space(&random)
        let members = (0..<random.below(5)).map { position in
            JSONWriter.Member("\(JSONWriter.text(&random, most: 3))\(position)") { $0.value(&$1) }
        }
        writer.object(members, &random)
        writer.space(&random)
        return writer.bytes
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let text = ByteBuffer(bytes: input)
        guard let object = JSONObject(in: text) else { return "a well-formed object is none" }
        return Self.replace(input, text, object, &random) ?? Self.insert(input, text, object, &random)
            ?? Self.remove(input, text, object, &random) ?? Self.quote(&random)
    }

    private static func replace(
        _ input: [UInt8],
        _ text: ByteBuffer,
        _ object: JSONObject,
        _ random: inout FuzzRandom
    ) -> String? {
        var edit = JSONEdit()
        var expected = input
        var changes: [(Range<Int>, [UInt8])] = []
        for member in object.members where random.once(in: 2) {
            var writer = JSONWriter()
            writer.value(&random)
            changes.append((member.value, writer.bytes))
        }
        for (range, bytes) in changes.shuffled(using: &random) { edit.replace(range, with: bytes) }
        for (range, bytes) in changes.reversed() { expected.replaceSubrange(range, with: bytes) }
        return Array(edit.applied(to: text).readableBytesView) == expected ? nil : "replacing changed more, or less"
    }

    private static func insert(
        _ input: [UInt8],
        _ text: ByteBuffer,
        _ object: JSONObject,
        _ random: inout FuzzRandom
    ) -> String? {
        let value = JSONWriter.text(&random)
        var edit = JSONEdit()
        edit.insert("\"new\":\(JSONText.quoted(value))", into: object)
        if !object.members.isEmpty, random.once(in: 2) { edit.insert(#""more":1"#, into: object) }
        let changed = edit.applied(to: text)
        guard let after = JSONObject(in: changed) else { return "inserting broke the object" }
        guard after.string("new", in: changed) == value else { return "what was inserted is not there" }
        let kept = after.members.filter { $0.name != "new" && $0.name != "more" }
        return same(kept, changed, object.members, text) ?? wellFormed(changed, input)
    }

    private static func remove(
        _ input: [UInt8],
        _ text: ByteBuffer,
        _ object: JSONObject,
        _ random: inout FuzzRandom
    ) -> String? {
        guard !object.members.isEmpty else { return nil }
        let name = random.pick(object.members).name
        var edit = JSONEdit()
        edit.remove(name, from: object, in: text)
        let changed = edit.applied(to: text)
        guard let after = JSONObject(in: changed) else { return "removing \(name) broke the object" }
        return same(after.members, changed, object.members.filter { $0.name != name }, text)
            ?? wellFormed(changed, input)
    }

    private static func same(
        _ after: [JSONObject.Member],
        _ changed: ByteBuffer,
        _ before: [JSONObject.Member],
        _ text: ByteBuffer
    ) -> String? {
        guard after.map(\.name) == before.map(\.name) else { return "other members are there than before" }
        for (one, other) in zip(after, before) where changed.json(at: one.value) != text.json(at: other.value) {
            return "the member \(one.name) changed"
        }
        return nil
    }

    private static func wellFormed(_ changed: ByteBuffer, _ input: [UInt8]) -> String? {
        if OtherReading.of(changed.readableBytesView) != nil || OtherReading.of(input) == nil { return nil }
        return "Foundation refuses \(String(buffer: changed))"
    }

    private static func quote(_ random: inout FuzzRandom) -> String? {
        let text = JSONWriter.text(&random, most: 16)
        let quoted = JSONText.quoted(text)
        let bytes = ByteBuffer(string: quoted)
        guard let read = JSONObject.string(at: 0, in: bytes), read.utf8.elementsEqual(text.utf8) else {
            return "\(quoted) is not read back"
        }
        return OtherReading.same(OtherReading.of(quoted.utf8), text)
            ? nil : "Foundation reads another text in \(quoted)"
    }
}
