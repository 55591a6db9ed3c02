import Testing

@testable import GatewayRuntime

@Suite struct `Recent values` {
    @Test func `stay within their room, those in use before the others`() {
        var values = RecentValues<Int, String>(room: 100)
        for key in 0..<1_000 {
            values.insert("\(key)", for: key, cost: 1)
            let seven = values[7]
            #expect(seven == (key < 7 ? nil : "7"))
        }
        var kept: [Int] = []
        for key in 0..<1_000 where values[key] != nil { kept.append(key) }
        #expect(kept.count <= 101 && kept.contains(7) && kept.contains(999) && !kept.contains(500))
    }

    @Test func `are replaced`() {
        var values = RecentValues<Int, String>(room: 10)
        for word in ["a", "b", "c", "d", "e", "f", "g"] { values.insert(word, for: 1, cost: 4) }
        let (one, two) = (values[1], values[2])
        #expect(one == "g" && two == nil)
    }

    @Test func `that are too large for the room are forgotten soon, and do no harm`() {
        var values = RecentValues<Int, String>(room: 10)
        values.insert("large", for: 1, cost: 50)
        values.insert("larger", for: 2, cost: 60)
        let (one, two) = (values[1], values[2])
        #expect(one == nil && two == "larger")
    }
}
