"""Reads what a tape kept as HTTP/1.1: pairs of request and response."""

from dataclasses import dataclass, field


@dataclass
class Message:
    start: str
    headers: list
    body: bytes = b""
    whole: bool = True
    """Whether it was all there when the connection ended."""
    head_at: float = 0.0
    body_at: float | None = None
    """When its head was complete, and when the first byte of its body came."""

    def values(self, name):
        return [value for each, value in self.headers if each == name]

    def value(self, name, default=None):
        return next(iter(self.values(name)), default)

    @property
    def verb(self):
        return self.start.split()[0]

    @property
    def status(self):
        return int(self.start.split()[1])


@dataclass
class Exchange:
    request: Message
    response: Message | None = None
    messages: list = field(default_factory=list)


class Text:
    """The bytes of one direction, read from the front."""

    def __init__(self, pieces):
        self.bytes = b"".join(piece for _, piece in pieces)
        self.ends, total = [], 0
        for second, piece in pieces:
            total += len(piece)
            self.ends.append((total, second))
        self.at = 0

    def second(self, offset):
        """When the byte before this offset came."""
        return next((second for end, second in self.ends if end >= offset), 0.0)

    def until(self, mark):
        """Up to the mark, which is taken too; None if it never came."""
        found = self.bytes.find(mark, self.at)
        if found < 0:
            return None
        taken = self.bytes[self.at : found]
        self.at = found + len(mark)
        return taken

    def count(self, size):
        taken = self.bytes[self.at : self.at + size]
        self.at += len(taken)
        return taken


def chunks(text):
    """The body, and whether its last chunk came."""
    body = b""
    while (line := text.until(b"\r\n")) is not None:
        size = int(line.split(b";")[0], 16)
        piece = text.count(size)
        body += piece
        if size == 0:
            text.until(b"\r\n")
            return body, True
        if len(piece) < size or text.until(b"\r\n") is None:
            break
    return body, False


def message(text, has_body=True):
    head = text.until(b"\r\n\r\n")
    if head is None:
        return None
    start, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.split(":", 1) for line in lines]
    read = Message(start, [(name.strip().lower(), value.strip()) for name, value in pairs])
    read.head_at = text.second(text.at)
    if len(text.bytes) > text.at:
        read.body_at = text.second(text.at + 1)
    if not has_body:
        return read
    if "chunked" in read.value("transfer-encoding", ""):
        read.body, read.whole = chunks(text)
    elif read.value("content-length") is not None:
        size = int(read.value("content-length"))
        read.body = text.count(size)
        read.whole = len(read.body) == size
    elif start.startswith("HTTP/"):
        read.body = text.count(len(text.bytes))
    return read


def exchanges(connection):
    """What one connection carried, in order."""
    sent, received = Text(connection.sent), Text(connection.received)
    found = []
    while (request := message(sent)) is not None:
        response = message(received)
        while response is not None and 100 <= response.status < 200:
            response = message(received)
        found.append(Exchange(request, response))
    return found
