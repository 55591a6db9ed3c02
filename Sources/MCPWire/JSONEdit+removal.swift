import NIOCore

extension JSONEdit {
    /// Takes a member out of an object, with the comma that it needed. One removal an object.
    package mutating func remove(_ name: String, from object: JSONObject, in text: ByteBuffer) {
        guard let index = object.members.firstIndex(where: { $0.name == name }) else { return }
        let end = object.members[index].value.upperBound
        if index > 0 { return replace(object.members[index - 1].value.upperBound..<end, with: []) }
        let start = object.range.lowerBound + 1
        guard object.members.count > 1 else { return replace(start..<end, with: []) }
        // Between the value and the comma is nothing but white space.
        let bytes = text.readableBytesView
        let comma = bytes[(bytes.startIndex + end)...].firstIndex(of: UInt8(ascii: ","))
        replace(start..<(comma.map { $0 - bytes.startIndex + 1 } ?? end), with: [])
    }
}
