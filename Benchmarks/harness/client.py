"""A small MCP client (legacy era, Streamable HTTP) that begins sessions and looks at answers."""

import http.client
import json
import socket
import time

from .problem import Problem

REVISION = "2025-06-18"
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": REVISION,
}


class Endpoint:
    """The MCP endpoint of one server on this machine."""

    def __init__(self, port: int, path: str = "/mcp"):
        self.port = port
        self.path = path

    def begin_session(self) -> str | None:
        """Begins a session; its id is None where the server has no sessions."""
        parameters = {
            "protocolVersion": REVISION,
            "capabilities": {},
            "clientInfo": {"name": "slipway-bench", "version": "1"},
        }
        headers, answer = self.post({"id": 1, "method": "initialize", "params": parameters})
        if "result" not in answer:
            raise Problem(f"port {self.port}: no session was begun", json.dumps(answer))
        session = headers.get("mcp-session-id")
        self.post({"method": "notifications/initialized"}, session)
        return session

    def verify_echo(self, session: str | None) -> None:
        """Calls the tool once and looks at the text that comes back."""
        text = "does it come back as it was sent"
        call = {"id": 2, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": text}}}
        _, answer = self.post(call, session)
        content = answer.get("result", {}).get("content") or [{}]
        if content[0].get("text") != text or answer.get("id") != 2:
            raise Problem(f"port {self.port}: the echo did not come back", json.dumps(answer))

    def post(self, message: dict, session: str | None = None) -> tuple:
        """The answer's headers and its message, empty for a notification."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = HEADERS | ({"Mcp-Session-Id": session} if session else {})
            connection.request("POST", self.path, json.dumps({"jsonrpc": "2.0", **message}), headers)
            response = connection.getresponse()
            body = response.read().decode()
            if response.status >= 300:
                raise Problem(f"port {self.port}: {message['method']} was refused", f"{response.status} {body}")
            return response.headers, read_message(body) if "id" in message else {}
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Problem(f"port {self.port}: {message['method']} got no answer", str(error)) from error
        finally:
            connection.close()

    def open_stream(self, session: str) -> socket.socket:
        """A GET stream, once its head has come. The caller closes it."""
        stream = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        fields = f"Host: 127.0.0.1:{self.port}\r\nAccept: text/event-stream\r\nMcp-Session-Id: {session}\r\n"
        stream.sendall(f"GET {self.path} HTTP/1.1\r\n{fields}\r\n".encode())
        head = stream.recv(4096)
        if not head.startswith(b"HTTP/1.1 200"):
            stream.close()
            raise Problem(f"port {self.port}: the GET stream was refused", head.decode(errors="replace"))
        return stream


def read_message(body: str) -> dict:
    """The message in a JSON body, or the answer among the events of a stream."""
    if body.lstrip().startswith("{"):
        return json.loads(body)
    messages = [json.loads(line[5:]) for line in body.splitlines() if line.startswith("data:") and line[5:].strip()]
    answers = [message for message in messages if "result" in message or "error" in message]
    return answers[-1] if answers else {}


def health(port: int) -> dict:
    """What the gateway says of itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/health")
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def first_answer(port: int, wanted: int | None, limit: float, is_alive) -> bool:
    """Waits for the first HTTP answer, with the status `wanted` where there is one."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline and is_alive():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                words = connection.recv(4096).split()
                if words and words[0].startswith(b"HTTP/1.") and wanted in (None, int(words[1])):
                    return True
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.001)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
