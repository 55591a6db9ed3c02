import HTTPTransport
import Testing

@Suite struct `A target` {
    @Test(arguments: [
        ("10.0.1.5:8001", "10.0.1.5", 8001),
        ("replica-1.fleet.local:80", "replica-1.fleet.local", 80),
        ("[::1]:65535", "::1", 65535),
        ("[fd00::a:1]:1", "fd00::a:1", 1),
    ])
    func `is read from its text and written as it was`(text: String, host: String, port: Int) throws {
        let target = try #require(HTTPTarget(text))
        #expect(target == HTTPTarget(host: host, port: port))
        #expect("\(target)" == text)
    }

    @Test(arguments: [
        "", ":", "host", ":80", "[]:80", "host:", "host:0", "host:65536", "host:-1", "host:http", "host:80/",
        "http://host:80", "a/b:80",
    ])
    func `is not read from nonsense`(text: String) {
        #expect(HTTPTarget(text) == nil)
    }
}
