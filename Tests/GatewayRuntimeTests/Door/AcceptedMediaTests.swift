import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `The accepted media` {
    @Test(arguments: [
        ("application/json, text/event-stream", true, true),
        ("text/event-stream;q=0.9,application/json ; charset=utf-8", true, true),
        ("Application/JSON", true, false),
        ("text/event-stream", false, true),
        ("*/*", true, false),
        ("application/*, text/*", true, true),
        ("text/html", false, false),
        ("application/jsonp, text/event-streams", false, false),
    ])
    func `are read from Accept`(accept: String, json: Bool, eventStream: Bool) {
        let media = AcceptedMedia(["accept": accept])
        #expect(media.json == json)
        #expect(media.eventStream == eventStream)
    }

    @Test func `are JSON where the field is missing`() {
        #expect(AcceptedMedia([:]) == AcceptedMedia(["accept": "application/json"]))
    }

    @Test func `may stand in several fields`() {
        let media = AcceptedMedia(["Accept": "application/json", "accept": "text/event-stream"])
        #expect(media.json && media.eventStream)
    }
}
