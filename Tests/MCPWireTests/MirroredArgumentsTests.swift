import NIOCore
import Testing

@testable import MCPWire

@Suite struct `The arguments that a tool has mirrored` {
    private func read(_ properties: String, _ more: String = "") throws -> MirroredArguments? {
        let text = ByteBuffer(string: #"{"type":"object","properties":{\#(properties)}\#(more)}"#)
        return MirroredArguments(schema: try #require(JSONObject(in: text)), in: text)
    }

    private func fault(_ properties: String, _ arguments: String?, _ fields: [String: [String]]) throws -> String? {
        let given = arguments.map { #","arguments":\#($0)"# } ?? ""
        let call = try ScannedMessage(
            scanning: ByteBuffer(string: #"{"id":1,"method":"tools/call","params":{"name":"t"\#(given)}}"#))
        return try #require(try read(properties)).fault(in: call) { fields[$0] ?? [] }
    }

    private static let region = #""region":{"type":"string","x-mcp-header":"Region"}"#
    private static let count = #""count":{"type":"integer","x-mcp-header":"Count"}"#

    @Test func `are found along properties, however deep`() throws {
        let deep = #""a":{"type":"object","properties":{"b":{"type":"boolean","x-mcp-header":"B"}}}"#
        let read = try #require(try read(Self.region + "," + deep))
        #expect(
            read.arguments.map(\.path) == [["region"], ["a", "b"]] && read.arguments.map(\.header) == ["Region", "B"])
        #expect(read.isRequired)
        #expect(try self.read(#""region":{"type":"string"}"#) == nil)
    }

    @Test(arguments: [
        #""a":{"type":"string","x-mcp-header":""}"#, #""a":{"type":"string","x-mcp-header":"a b"}"#,
        #""a":{"type":"string","x-mcp-header":"ä"}"#, #""a":{"type":"string","x-mcp-header":"a\r"}"#,
        #""a":{"type":"string","x-mcp-header":7}"#, #""a":{"type":"object","x-mcp-header":"A"}"#,
        #""a":{"type":["string","null"],"x-mcp-header":"A"}"#, #""a":{"x-mcp-header":"A"}"#,
        #""a":{"type":"string","x-mcp-header":"region"}"#,
        #""a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}"#,
        #""a":{"anyOf":[{"type":"null"},{"type":"string","x-mcp-header":"A"}]}"#,
        #""a":{"not":{"properties":{"b":{"type":"string","x-mcp-header":"A"}}}}"#,
        #""a":{"$defs":{"b":{"type":"string","x-mcp-header":"A"}}}"#,
    ])
    func `are none where one is annotated as it must not be`(property: String) throws {
        #expect(try read(Self.region) != nil && (try read(Self.region + "," + property)) == nil)
    }

    @Test func `are none where the schema's root is annotated, or it is deeper than anybody's`() throws {
        #expect(try read(Self.region, #","x-mcp-header":"Root""#) == nil)
        let deep = String(repeating: #"{"not":"#, count: 70) + "{}" + String(repeating: "}", count: 70)
        #expect(try read(Self.region + #","a":\#(deep)"#) == nil)
    }

    @Test func `are not looked for in what is no schema`() throws {
        let data = #""a":{"default":{"x-mcp-header":7},"enum":[{"x-mcp-header":7}]}"#
        #expect(try read(Self.region + "," + data)?.arguments.count == 1)
    }

    @Test(arguments: [
        (#"{"region":"west"}"#, "west"), (#"{"region":"west"}"#, "=?base64?d2VzdA==?="), (#"{"region":""}"#, ""),
        (#"{"region":"we\u0073t"}"#, "west"), (#"{"region":"é"}"#, "=?base64?w6k=?="), (#"{"region":true}"#, "true"),
        (#"{"region":"=?base64?a?="}"#, "=?base64?PT9iYXNlNjQ/YT89?="), (#"{"region":"a\tb"}"#, "a\tb"),
    ])
    func `pass where their header says the same`(arguments: String, field: String) throws {
        #expect(try fault(Self.region, arguments, ["Mcp-Param-Region": [field]]) == nil)
    }

    @Test(arguments: [
        (#"{"region":"west"}"#, "east"), (#"{"region":"west"}"#, "West"), (#"{"region":"west"}"#, ""),
        (#"{"region":"west"}"#, "=?base64?d2VzdA=?="), (#"{"region":"é"}"#, "é"),
        (#"{"region":"é"}"#, "=?base64?ZcyB?="),
        (#"{"region":null}"#, "west"), ("{}", "west"), (#"{"Region":"west"}"#, "west"),
        (#"{"region":["west"]}"#, "west"),
        (#"{"region":"west","region":"west"}"#, "west"), ("[]", "west"), ("null", "null"),
    ])
    func `are refused where it says something else`(arguments: String, field: String) throws {
        #expect(try fault(Self.region, arguments, ["Mcp-Param-Region": [field]]) != nil)
    }

    @Test func `are refused where the header is missing or given twice`() throws {
        #expect(try fault(Self.region, #"{"region":"west"}"#, [:])?.contains("is missing") == true)
        #expect(try fault(Self.region, #"{"region":"west"}"#, ["Mcp-Param-Region": ["west", "west"]]) != nil)
    }

    @Test(arguments: ["{}", #"{"region":null}"#, #"{"region":{"a":1}}"#, "null", nil])
    func `need no header where there is nothing to mirror`(arguments: String?) throws {
        #expect(try fault(Self.region, arguments, [:]) == nil)
    }

    @Test func `that are numbers are compared as numbers`() throws {
        for (given, field) in [("42", "42.0"), ("42.0", "42"), ("4.2e1", "42")] {
            #expect(try fault(Self.count, #"{"count":\#(given)}"#, ["Mcp-Param-Count": [field]]) == nil)
        }
        for (given, field) in [("42", "43"), ("9007199254740993", "9007199254740992"), ("42", "0x2A"), ("42", "")] {
            #expect(try fault(Self.count, #"{"count":\#(given)}"#, ["Mcp-Param-Count": [field]]) != nil)
        }
    }

    @Test func `need not be mirrored where clients differ about whether they are`() throws {
        let number = #""n":{"type":"number","x-mcp-header":"N"}"#
        #expect(try fault(number, #"{"n":0.5}"#, [:]) == nil)
        #expect(try fault(number, #"{"n":0.5}"#, ["Mcp-Param-N": ["0.50"]]) == nil)
        #expect(try fault(number, #"{"n":0.5}"#, ["Mcp-Param-N": ["0.6"]]) != nil)
    }
}
