import HTTPTransport
import NIOCore
import NIOHTTP1

@testable import GatewayRuntime

/// A stdio server of revision 2026-07-28, and requests to it.
enum ModernServer {
    /// Announces what its tools `tools`, `prompts` and `updated` say; `rename` also changes the header of the argument
    /// that `echo` has mirrored, and `later` begins a task. With `mute` it lists no tools.
    static func script(mute: Bool = false) -> String {
        """
        exec python3 -u -c '
        import json, sys
        def say(message):
            print(json.dumps({"jsonrpc": "2.0"} | message), flush=True)
        header, listeners, lists, tasks = "Region", {}, 0, []
        def tell(key, method, **params):
            for id, wanted in listeners.items():
                if wanted.get(key):
                    meta = {"_meta": {"io.modelcontextprotocol/subscriptionId": id}}
                    say({"method": "notifications/" + method, "params": params | meta})
        for line in sys.stdin:
            message = json.loads(line)
            method, params, id = message.get("method"), message.get("params", {}), message.get("id")
            if method == "server/discover":
                changes = {"listChanged": True}
                say({"id": id, "result": {"capabilities": {"tools": changes, "prompts": changes}}})
            elif method == "subscriptions/listen":
                listeners[id] = params["notifications"]
                meta = {"io.modelcontextprotocol/subscriptionId": id}
                acknowledged = {"notifications": params["notifications"], "_meta": meta}
                say({"method": "notifications/subscriptions/acknowledged", "params": acknowledged})
            elif method == "notifications/cancelled":
                listeners.pop(params["requestId"], None)
            elif method == "tools/list":
                lists += 1
                region = {"type": "string", "x-mcp-header": header}
                tool = {"name": "echo", "inputSchema": {"properties": {"region": region}}}
                if not \(mute ? "True" : "False"):
                    say({"id": id, "result": {"tools": [tool]}})
            elif method == "tools/call":
                if params["name"] == "rename":
                    header = "Zone"
                if params["name"] in ["rename", "tools"]:
                    tell("toolsListChanged", "tools/list_changed")
                if params["name"] == "prompts":
                    tell("promptsListChanged", "prompts/list_changed")
                if params["name"] == "updated":
                    tell("resourceSubscriptions", "resources/updated", uri="r")
                if params["name"] == "later":
                    tasks.append("task-" + params["arguments"]["name"])
                    say({"id": id, "result": {"resultType": "task", "taskId": tasks[-1], "status": "working"}})
                    continue
                say({"id": id, "result": {"resultType": "complete", "lists": lists}})
            elif method.startswith("tasks/") and params["taskId"] in tasks:
                say({"id": id, "result": {"resultType": "complete", "mine": params["taskId"]}})
            elif id is not None:
                say({"id": id, "error": {"code": -32601, "message": "There is no " + method}})
        '
        """
    }

    /// A call, and the head to send it with.
    static func call(
        _ tool: String,
        _ arguments: String = "{}",
        _ fields: HTTPHeaders = [:]
    ) -> (HTTPRequestHead, String) {
        request("tools/call", 7, #""name":"\#(tool)","arguments":\#(arguments)"#, ["mcp-name": tool], fields)
    }

    static func listen(_ id: Int, _ filter: String) -> (HTTPRequestHead, String) {
        request("subscriptions/listen", id, #""notifications":{\#(filter)}"#)
    }

    /// A request about a task, and the head to send it with.
    static func task(_ method: String, _ task: String, _ fields: HTTPHeaders = [:]) -> (HTTPRequestHead, String) {
        request("tasks/\(method)", 8, #""taskId":"\#(task)""#, ["mcp-name": task], fields)
    }

    private static func request(
        _ method: String,
        _ id: Int,
        _ params: String,
        _ fields: HTTPHeaders...
    ) -> (HTTPRequestHead, String) {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":{}}"#
        let body = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params),\#(meta)}}"#
        var headers: HTTPHeaders = [
            "host": "localhost", "content-type": "application/json", "accept": "application/json, text/event-stream",
            "content-length": "\(body.utf8.count)", "mcp-protocol-version": "2026-07-28", "mcp-method": method,
        ]
        for more in fields { headers.add(contentsOf: more) }
        return (HTTPRequestHead(version: .http1_1, method: .POST, uri: "/mcp", headers: headers), body)
    }
}

extension LiveGateway {
    /// The status of a call of the newer revision, and its answer.
    func call(
        _ tool: String,
        _ arguments: String = "{}",
        _ fields: HTTPHeaders = [:]
    ) async throws -> (status: HTTPResponseStatus?, body: String) {
        let (head, body) = ModernServer.call(tool, arguments, fields)
        let response = try await open(head, body)
        let answer = try await response.whole()
        return (try await response.status, answer)
    }

    func listen(_ id: Int, _ filter: String) async throws -> LiveResponse {
        let (head, body) = ModernServer.listen(id, filter)
        let response = try await open(head, body)
        _ = try await response.body(with: "acknowledged")
        return response
    }
}
