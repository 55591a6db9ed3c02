"""One HTTP exchange with an MCP endpoint, with nothing between the test and the wire."""

import http.client
import json
import urllib.parse


class Exchange:
    """A request that was sent, and its answer: all of it, or event by event."""

    def __init__(self, url, body=None, verb="POST", headers=None, timeout=20):
        """A header whose value is None is left out; one with a list is sent once for each value."""
        place = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        self.connection.putrequest(verb, place.path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    self.connection.putheader(name, each)
        self.connection.putheader("Content-Length", str(len(data or b"")))
        self.connection.endheaders(data)
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.kind = self.response.headers.get_content_type() if self.response.headers["Content-Type"] else None
        self.session = self.response.headers["Mcp-Session-Id"]
        self.lines = []

    def events(self):
        """The messages of the stream, as they come. What else it carries is in `lines`."""
        for line in self.response:
            self.lines.append(line)
            if line.startswith(b"data:") and line[5:].strip():
                yield json.loads(line[5:])

    @property
    def event_ids(self):
        return [line[3:].strip().decode() for line in self.lines if line.startswith(b"id:")]

    def messages(self):
        if self.kind == "text/event-stream":
            return list(self.events())
        body = self.response.read()
        return [json.loads(body)] if body else []

    def answer(self):
        """The last message: the response, or None."""
        found = self.messages()
        return found[-1] if found else None

    def close(self):
        """Leaves, as a client does that has lost interest."""
        self.response.close()
        self.connection.close()


class Rules:
    """Counts the rules that were looked at, and keeps those that were broken."""

    def __init__(self, left_out):
        self.left_out = set(left_out)
        self.count = 0
        self.broken = []

    def rule(self, name, wanted, got):
        if name in self.left_out:
            return
        self.count += 1
        if wanted != got:
            self.broken.append({"name": name, "wanted": str(wanted), "got": str(got)})

    def hold(self, *parts):
        for part in parts:
            try:
                part()
            except Exception as error:
                self.rule(f"{part.__name__} ran to its end", None, repr(error))
        print(json.dumps({"rules": self.count, "broken": self.broken}))


def of(message, *path):
    """What stands at a path in a message, or None."""
    for key in path:
        message = message.get(key) if isinstance(message, dict) else None
    return message
