import Testing

@testable import MCPWire

@Suite struct `A mirrored value` {
    @Test(arguments: ["echo", "a b", "file:///x?y=z", "=?base64?", "=?BASE64?YQ==?=", ""])
    func `stands for itself`(header: String) { #expect(MirroredValue.decode(header) == header) }

    @Test(arguments: [
        ("=?base64?w6k=?=", "é"), ("=?base64?PT9iYXNlNjQ/YT89?=", "=?base64?a?="), ("=?base64??=", ""),
        ("=?base64?IGEg?=", " a "), ("=?base64?8J+Ygg==?=", "😂"),
    ])
    func `is decoded where it is wrapped`(header: String, value: String) {
        #expect(MirroredValue.decode(header) == value)
    }

    @Test(arguments: [
        "=?base64?w6k?=", "=?base64?w6l=?=", "=?base64?w 6k=?=", "=?base64?_-==?=", "=?base64?====?=",
        "=?base64?/w==?=",
        "=?base64?YQ=a?=", "=?base64?YQ==YQ==?=",
    ])
    func `is none where its base64 is malformed, not canonical or no text`(header: String) {
        #expect(MirroredValue.decode(header) == nil)
    }
}
