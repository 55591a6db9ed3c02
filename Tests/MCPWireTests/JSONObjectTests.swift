import NIOCore
import Testing

@testable import MCPWire

struct JSONObjectTests {
    private func object(_ text: String) -> JSONObject? {
        JSONObject(in: ByteBuffer(string: text))
    }

    @Test func `members are found at any depth and by their unescaped names`() throws {
        let text = ByteBuffer(string: #" { "a" : {"n\u0061me":"x\n"} , "b":[1,{"a":2}] } "#)
        let whole = try #require(JSONObject(in: text))
        let inner = try #require(whole.object("a", in: text))
        #expect(inner.string("name", in: text) == "x\n")
        #expect(whole["b"].flatMap { text.getString(at: $0.lowerBound, length: $0.count) } == #"[1,{"a":2}]"#)
        #expect(whole["c"] == nil)
    }

    @Test func `a member that is given twice makes no object`() {
        #expect(object(#"{"a":1,"a":2}"#) == nil)
        #expect(object(#"{"a":1,"\u0061":2}"#) == nil)
    }

    @Test(arguments: ["", "[]", "{", #"{"a"}"#, #"{"a":}"#, "12"])
    func `what is no object is none`(text: String) { #expect(object(text) == nil) }

    @Test func `an edit changes its ranges and nothing else`() throws {
        let text = ByteBuffer(string: #"{"id": 7,"result":{}, "x":"é"}"#)
        let whole = try #require(JSONObject(in: text))
        let result = try #require(whole.object("result", in: text))
        var edit = JSONEdit()
        edit.insert(#""late":1"#, into: whole)
        edit.insert(#""first":0"#, into: whole)
        edit.insert(#""resultType":"complete""#, into: result)
        edit.replace(try #require(whole["id"]), with: #""client-1""#.utf8)
        #expect(
            String(buffer: edit.applied(to: text))
                == #"{"first":0,"late":1,"id": "client-1","result":{"resultType":"complete"}, "x":"é"}"#
        )
    }
}
