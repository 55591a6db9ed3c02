"""The demo server by itself, over its pipes: demo_server.py PROGRAM"""

import json
import signal
import subprocess
import sys

signal.alarm(60)


class Server:
    """A server process that was sent `initialize` with the given capabilities, or nothing yet."""

    def __init__(self, capabilities=None, revision="2025-11-25"):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([sys.argv[1]], stdin=pipe, stdout=pipe)
        if capabilities is not None:
            self.revision = self.request("initialize", protocolVersion=revision, capabilities=capabilities)[
                "result"
            ]["protocolVersion"]

    def send(self, message):
        text = message if isinstance(message, str) else json.dumps({"jsonrpc": "2.0"} | message)
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def receive(self):
        return json.loads(self.process.stdout.readline())

    def request(self, method, id=1, **params):
        self.send({"id": id, "method": method, "params": params})
        return self.receive()

    def call(self, name, id=1, **arguments):
        return self.request("tools/call", id, name=name, arguments=arguments)

    def code_for(self, message):
        self.send(message)
        return self.receive()["error"]["code"]

    def end(self):
        """Closes the server's input and gives its exit status."""
        self.process.stdin.close()
        return self.process.wait(5)


def content(answer):
    result = answer["result"]
    return [result["isError"], result["content"][0]["text"]]


def cancelled():
    """What comes after a cancelled call: the next answer, not the cancelled one's."""
    server = Server({})
    server.send({"id": 5, "method": "tools/call", "params": {"name": "slow", "arguments": {"seconds": 30}}})
    server.send({"method": "notifications/cancelled", "params": {"requestId": 5}})
    return server.request("ping", 6)["id"]


def overtaken():
    """The order in which a slow call and the quick one after it are answered."""
    server = Server({})
    server.send({"id": 1, "method": "tools/call", "params": {"name": "slow", "arguments": {"seconds": 0.3}}})
    return [server.call("echo", 2, text="quick")["id"], server.receive()["id"]]


def asked_with(capabilities, **answer):
    """What the server asks such a client, and what the tool then says."""
    server = Server(capabilities)
    question = server.call("ask", 7, question="Why?")
    if "method" not in question:
        return [None] + content(question)
    server.send({"id": question["id"]} | answer)
    return [question["method"]] + content(server.receive())


def ended_in_a_call():
    server = Server({})
    server.send({"id": 1, "method": "tools/call", "params": {"name": "slow", "arguments": {"seconds": 30}}})
    return server.end()


message = {"role": "assistant", "model": "m", "content": {"type": "text", "text": "Because."}}
print(
    json.dumps(
        {
            "revisions": [
                Server({}, wish).revision for wish in ("2025-03-26", "2025-06-18", "2025-11-25", "2024-01-01")
            ],
            "codes": [
                Server().code_for("no json"),
                Server().code_for("[]"),
                Server().code_for({"id": 1, "method": "tools/list"}),
                Server({}).code_for({"id": 1, "method": "tools/destroy"}),
                Server({}).code_for({"id": 1, "method": "tools/call", "params": {"name": "echo"}}),
            ],
            "cancelled": cancelled(),
            "overtaken": overtaken(),
            "elicitation": asked_with(
                {"elicitation": {}, "sampling": {}}, result={"action": "accept", "content": {"answer": "Because."}}
            ),
            "sampling": asked_with({"sampling": {}}, result=message),
            "refusal": asked_with({"elicitation": {}}, error={"code": -1, "message": "Not now."}),
            "neither": asked_with({}),
            "place": content(Server({}).call("where"))[1].rpartition(",")[0],
            "exit": ended_in_a_call(),
        }
    )
)
