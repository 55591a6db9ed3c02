import HTTPTransport
import Testing

@Suite struct `A target's text` {
    @Test(arguments: ["::1", "fd00::1", "fd00::1:80", "[::1:80", "::1]:80", "host:+80", "ho st:80", "me@host:80"])
    func `is refused where it could be read in two ways`(text: String) {
        #expect(HTTPTarget(text) == nil)
    }
}
