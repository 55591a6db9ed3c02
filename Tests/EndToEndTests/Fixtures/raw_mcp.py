"""An MCP client with nothing between the test and the wire. Ends the script that uses it after two minutes."""

import http.client
import json
import signal
import time
import urllib.parse

signal.alarm(170)

ACCEPT = "application/json, text/event-stream"


class Session:
    """One connection and, once initialized, one session on it. For one thread at a time."""

    def __init__(self, url, timeout=20, session=None):
        self.url = urllib.parse.urlsplit(url)
        self.timeout = timeout
        self.session = session
        self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=timeout)

    def beside(self):
        """The same session on another connection."""
        return Session(self.url.geturl(), self.timeout, self.session)

    def request(self, verb, body=None, **headers):
        """Sends one request. A header given as None is left out. Returns the response, unread."""
        usual = {"Accept": ACCEPT, "Content-Type": "application/json"}
        if self.session:
            usual |= {"Mcp-Session-Id": self.session, "MCP-Protocol-Version": "2025-11-25"}
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        self.connection.request(verb, self.url.path, data, {k: v for k, v in usual.items() if v is not None})
        return self.connection.getresponse()

    def post(self, message, on_message=None, pause=0, **headers):
        """Returns the status, the headers and every message of the answer, which is left unread for `pause` seconds."""
        response = self.request("POST", message, **headers)
        time.sleep(pause)
        if response.headers.get_content_type() == "text/event-stream":
            messages = []
            for line in response:
                if line.startswith(b"data:") and line[5:].strip():
                    messages.append(json.loads(line[5:]))
                    if on_message:
                        on_message(messages[-1])
        else:
            body = response.read()
            messages = [json.loads(body)] if body.strip() else []
        return response.status, response.headers, messages

    def initialize(self, capabilities=None):
        params = {
            "protocolVersion": "2025-11-25",
            "capabilities": capabilities or {},
            "clientInfo": {"name": "raw", "version": "1"},
        }
        status, headers, messages = self.post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})
        if status != 200 or not headers["Mcp-Session-Id"]:
            raise SystemExit(f"initialize was answered with {status} {messages}")
        self.session = headers["Mcp-Session-Id"]
        self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return messages[-1]

    def call(self, id, name, arguments=None, on_message=None, meta=None, **options):
        """Returns the status and the one response to a tool call."""
        params = {"name": name, "arguments": arguments or {}}
        if meta:
            params["_meta"] = meta
        request = {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}
        status, _, messages = self.post(request, on_message, **options)
        answers = [m for m in messages if "method" not in m]
        if len(answers) != 1:
            raise SystemExit(f"call {id} of {name} has {len(answers)} answers: {status} {str(messages)[:500]}")
        return status, answers[0]

    def text(self, id, name, arguments=None, **options):
        """The text a tool answers, or its JSON-RPC error in words."""
        return text_of(self.call(id, name, arguments, **options)[1])


def text_of(answer):
    if "result" not in answer:
        return f"error {answer.get('error')}"
    return answer["result"]["content"][0]["text"]
