import GatewayRuntime

/// Clients that share a server, with equal ids and equal tokens, and a server that answers in any order, twice, or what
/// nobody asked: every answer reaches the seat and the id that asked, once.
struct SharedServerArea: FuzzArea {
    let name = "shared-server"
    let share = 10

    /// Each byte is a choice in the story.
    func input(_ random: inout FuzzRandom) -> [UInt8] { random.bytes(30 + random.below(150)) }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        var story = SharedServerStory(input)
        story.run()
        return story.mistakes.first
    }
}
