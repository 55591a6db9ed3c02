"""A proxy in front of an emulator that makes one region, or one call, fail as AWS and networks fail."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

_SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/")


@dataclass
class Fault:
    """What happens to the calls it is for: those of a region, a service and an action, each of them optional."""

    kind: str  # throttled, error, hang, lost, late
    region: str = ""
    service: str = ""
    action: str = ""
    after: int = 0  # so many calls pass first
    count: int = 1 << 30  # then so many fail
    seconds: float = 0  # how long a hang or a delay lasts
    seen: int = 0
    struck: int = 0

    def strikes(self, call):
        fits = all(not mine or mine == its for mine, its in zip((self.region, self.service, self.action), call))
        if not fits:
            return False
        self.seen += 1
        if self.seen <= self.after or self.struck >= self.count:
            return False
        self.struck += 1
        return True


@dataclass
class FaultyProxy:
    """`url` stands in for the emulator's; `faults` may be changed at any time."""

    target: str
    faults: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    requests: list = field(default_factory=list)  # (method, URL, headers by their small names, body)

    def start(self):
        proxy = self
        self.lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *words):
                pass

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                proxy.answer(self, body)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = pass_on

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, body):
        call = _call(handler, body)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.lock:
            self.calls.append(call)
            self.requests.append((handler.command, self.url + handler.path, headers, body))
            fault = next((one for one in self.faults if one.strikes(call)), None)
        kind = fault.kind if fault else None
        if kind == "hang":
            time.sleep(fault.seconds)
            handler.close_connection = True
            return
        if kind == "late":
            time.sleep(fault.seconds)
        if kind in ("throttled", "error"):
            status, headers, data = _refusal(kind, call[1], handler)
        else:
            if kind == "lost":
                del handler.headers["amz-sdk-invocation-id"]  # by which the emulator would know the call again
            status, headers, data = self._forward(handler, body)
        if kind == "lost":
            handler.close_connection = True
            return
        _send(handler, status, headers, data)

    def _forward(self, handler, body):
        connection = http.client.HTTPConnection(urlsplit(self.target).netloc, timeout=120)
        try:
            connection.request(handler.command, handler.path, body, dict(handler.headers))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


def _call(handler, body):
    """(region, service, action) of a signed request."""
    scope = _SCOPE.search(handler.headers.get("Authorization") or "")
    region, service = scope.groups() if scope else ("", "")
    target = handler.headers.get("X-Amz-Target")
    if target:
        return region, service, target.rsplit(".", 1)[-1]
    form = parse_qs(body.decode(errors="replace")) if len(body) < 1 << 20 else {}
    return region, service, form.get("Action", [f"{handler.command} {urlsplit(handler.path).path}"])[0]


def _refusal(kind, service, handler):
    """In the words of the service: EC2 and the Query services have an XML each, the others JSON."""
    code, status = ("ThrottlingException", 400) if kind == "throttled" else ("InternalFailure", 500)
    if handler.headers.get("X-Amz-Target"):
        data = b'{"__type":"%s","message":"made by the test"}' % code.encode()
        return status, [("Content-Type", "application/x-amz-json-1.1")], data
    error = f"<Error><Code>{code}</Code><Message>made by the test</Message></Error>"
    data = f"<Response><Errors>{error}</Errors></Response>" if service == "ec2" \
        else f"<ErrorResponse>{error}</ErrorResponse>"
    return status, [("Content-Type", "text/xml")], data.encode()


def _send(handler, status, headers, data):
    try:
        handler.send_response(status)
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(data)
    except OSError:
        handler.close_connection = True  # whoever asked has gone
