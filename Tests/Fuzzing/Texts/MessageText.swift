import MCPWire

/// JSON-RPC messages of every kind, well-formed and nearly so.
enum MessageText {
    private typealias Member = JSONWriter.Member
    private static let methods = [
        "initialize", "notifications/initialized", "notifications/cancelled", "notifications/progress", "tools/call",
        "tools/list", "resources/read", "prompts/get", "tasks/get", "subscriptions/listen", "notifications/message",
        "é",
        "", "server/discover",
    ]
    private static let nearNames = ["ID", "Id", "i\u{64}", "Method", "reſult", "paramS", "_Meta", "requestid", "x"]

    static func any(_ random: inout FuzzRandom) -> [UInt8] {
        var writer = JSONWriter()
        writer.isFanciful = !random.once(in: 4)
        writer.space(&random)
        writer.object(message(&random), &random)
        writer.space(&random)
        return writer.bytes
    }

    private static func message(_ random: inout FuzzRandom) -> [Member] {
        var members = [Member("jsonrpc", text: "2.0")]
        switch random.below(8) {
        case 0..<4:
            members.append(Member("method", text: random.pick(methods)))
            if !random.once(in: 3) { members.append(Member("id") { $0.id(&$1) }) }
            if !random.once(in: 4) { members.append(Member("params", parameters(&random))) }
        case 4..<6:
            members.append(Member("id") { $0.id(&$1) })
            members.append(Member("result", result(&random)))
        case 6:
            members.append(Member("id") { $0.id(&$1) })
            members.append(Member("error") { $0.value(&$1) })
        default:
            for name in ["id", "method", "params", "result", "error"] where random.once(in: 2) {
                members.append(Member(name) { $0.value(&$1) })
            }
        }
        return members + strays(&random)
    }

    /// Members that are unknown, spelled differently or given twice.
    private static func strays(_ random: inout FuzzRandom) -> [Member] {
        switch random.below(10) {
        case 0: [Member(random.pick(nearNames)) { $0.value(&$1) }]
        case 1: [Member(random.pick(["id", "method", "params", "_meta", "name"])) { $0.id(&$1) }]
        case 2: [Member(JSONWriter.text(&random)) { $0.value(&$1) }]
        default: []
        }
    }

    private static func parameters(_ random: inout FuzzRandom) -> [Member] {
        let (meta, responses) = (requestMeta(&random), answers(&random))
        let lists = Member("resourceSubscriptions") { writer, random in
            writer.raw(random.pick([#"["a:b","c:\n"]"#, "[]", "[1]", #"["é"]"#]))
        }
        let filter = [
            Member("toolsListChanged") { writer, random in writer.raw(random.pick(["true", "false"])) }, lists,
        ]
        let all = [
            Member("name", text: JSONWriter.text(&random)), Member("requestId") { $0.id(&$1) },
            Member("progressToken") { $0.id(&$1) }, Member("protocolVersion", text: "2025-11-25"),
            Member("_meta", meta), Member("requestState", text: JSONWriter.text(&random)),
            Member("inputResponses", responses), Member("notifications", filter),
            Member("uri", text: JSONWriter.text(&random)), Member("taskId", text: JSONWriter.text(&random)),
            Member("arguments") { $0.value(&$1) },
        ]
        return all.filter { _ in random.once(in: 2) } + strays(&random)
    }

    private static func answers(_ random: inout FuzzRandom) -> [Member] {
        (0..<random.below(3)).map { position in
            Member("\(JSONWriter.text(&random, most: 3))\(position)") { $0.value(&$1, depth: 2) }
        }
    }

    private static func requestMeta(_ random: inout FuzzRandom) -> [Member] {
        let all = [
            Member("progressToken") { $0.id(&$1) },
            Member(ModernRequest.MetaKey.protocolVersion) { writer, random in
                random.once(in: 8) ? writer.value(&random) : writer.string("2026-07-28", &random)
            },
            Member(ModernRequest.MetaKey.clientCapabilities) { writer, random in
                random.once(in: 8) ? writer.value(&random) : writer.raw(#"{"elicitation":{}}"#)
            },
            Member(ModernRequest.MetaKey.logLevel, text: "info"),
            Member(ModernRequest.MetaKey.subscriptionID) { $0.id(&$1) },
        ]
        return all.filter { _ in !random.once(in: 3) } + strays(&random)
    }

    private static func result(_ random: inout FuzzRandom) -> [Member] {
        let meta = [Member(ModernRequest.MetaKey.subscriptionID) { $0.id(&$1) }]
        let all = [
            Member("resultType", text: "complete"), Member("isError") { $0.value(&$1) }, Member("_meta", meta),
            Member("protocolVersion", text: "2025-06-18"), Member("content") { $0.value(&$1) },
        ]
        return all.filter { _ in random.once(in: 2) } + strays(&random)
    }
}
