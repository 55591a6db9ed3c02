import Testing

@testable import GatewayRuntime

@Suite struct `Clients that share a server` {
    @Test(arguments: [Multiplexer.Flavour.legacy, .modern], 1...5)
    func `never hear of each other's calls`(_ flavour: Multiplexer.Flavour, _ seed: Int) throws {
        var story = try CrossTalk(flavour, seed: UInt64(seed))
        try story.run(steps: 2_000)
        #expect(story.mistakes.prefix(3) == [])
        #expect(story.deliveries > 500)
    }

    /// The test above would find it.
    @Test(arguments: [(#""id":2"#, #""id":1"#), (#""progressToken":2"#, #""progressToken":1"#)])
    func `are seen to do so when the rewriting is broken`(_ written: String, _ instead: String) throws {
        var story = try CrossTalk(.modern, seed: 7) { $0.replacing(written, with: instead) }
        try story.run(steps: 2_000)
        #expect(!story.mistakes.isEmpty)
    }
}
