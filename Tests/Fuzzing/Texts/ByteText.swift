/// Bytes that are broken in the ways that parsers fear.
enum ByteText {
    private static let alphabet =
        Array("{}[]\":,\\/0123456789.eE+-truefalsn \n\r\t\u{0}ué=;%".utf8) + [0xFF, 0xC3, 0x80, 0xED, 0xA0, 0xF4, 0x90]

    static func mutate(_ bytes: inout [UInt8], _ random: inout FuzzRandom, most: Int = 4) {
        for _ in 0...random.below(most) {
            guard !bytes.isEmpty else { return bytes.append(random.pick(alphabet)) }
            let place = random.below(bytes.count)
            switch random.below(8) {
            case 0: bytes[place] = random.pick(alphabet)
            case 1: bytes.insert(random.pick(alphabet), at: place)
            case 2: bytes.remove(at: place)
            case 3: bytes.removeLast(min(bytes.count, random.below(4)))
            case 4: bytes[place] ^= 1 << UInt8(random.below(8))
            case 5:
                let end = min(bytes.count, place + random.below(24))
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count))
            case 6: bytes.removeSubrange(place..<min(bytes.count, place + random.below(24)))
            default: bytes.swapAt(place, random.below(bytes.count))
            }
        }
    }
}
