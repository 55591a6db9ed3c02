import Foundation

/// The MCP server behind the gateways under fire: `tools/call` gives back the text it was given.
enum EchoServer {
    /// Serves standard input until it ends.
    static func run() {
        while let line = readLine(strippingNewline: true) {
            guard var answer = answer(to: Data(line.utf8)) else { continue }
            answer.append(0x0A)
            FileHandle.standardOutput.write(answer)
        }
    }

    /// The answer to a message; `nil` where it wants none.
    static func answer(to bytes: Data) -> Data? {
        guard let message = (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any] else { return nil }
        guard let method = message["method"] as? String, let id = message["id"] else { return nil }
        var answer: [String: Any] = ["jsonrpc": "2.0", "id": id]
        let params = message["params"] as? [String: Any] ?? [:]
        if let result = result(of: method, params) {
            answer["result"] = result.merging(["resultType": "complete"]) { $1 }
        } else {
            answer["error"] = ["code": -32601, "message": "There is no \(method)."] as [String: Any]
        }
        return try? JSONSerialization.data(withJSONObject: answer, options: [.withoutEscapingSlashes])
    }

    private static func result(of method: String, _ params: [String: Any]) -> [String: Any]? {
        switch method {
        case "initialize":
            [
                "protocolVersion": "2025-06-18", "capabilities": ["tools": [String: Any]()],
                "serverInfo": ["name": "echo", "version": "1"],
            ]
        case "ping": [:]
        case "tools/list": ["tools": [Any]()]
        case "tools/call":
            [
                "content": [
                    ["type": "text", "text": (params["arguments"] as? [String: Any])?["text"] as? String ?? ""]
                ]
            ]
        default: nil
        }
    }
}
