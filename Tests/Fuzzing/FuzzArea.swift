/// One thing that strangers' bytes reach, and what must hold of it whatever they are.
///
/// An input and its check follow from the seed, the area's name and the input's index alone, so that one of them can be
/// run again without those before it.
protocol FuzzArea {
    var name: String { get }
    /// Of a thousand inputs, how many are this area's.
    var share: Int { get }

    func input(_ random: inout FuzzRandom) -> [UInt8]

    /// What did not hold; `nil` where everything did.
    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String?
}

/// What did not hold, where, and for which input.
struct Violation: Error {
    let area: String
    let seed: UInt64
    let index: Int
    let what: String
    let input: [UInt8]

    var text: String {
        """
        \(area): \(what)
          seed  \(seed), input \(index): slipway-fuzz --area \(area) --seed \(seed) --first \(index) --inputs 1
          input \(Self.hexadecimal(input))
        """
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
