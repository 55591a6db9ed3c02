"""Holds a tape to the rules of the wire, and every message on it to the schema of its revision."""

import json

from http_messages import exchanges
from mcp_types import methods
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, MODERN_PROTOCOL_VERSIONS
from pydantic import ValidationError

JSON, STREAM = "application/json", "text/event-stream"
INITIALIZE = "initialize"
SERVER_INFO = "io.modelcontextprotocol/serverInfo"


def json_of(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def events(body):
    """The messages of an event stream. Primings, which carry no data, are none."""
    messages, data = [], []
    for line in body.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and data:
            if text := "\n".join(data):
                messages.append(json_of(text))
            data = []
    return messages


class Judge:
    """Reads one client's exchanges in the order they began."""

    def __init__(self, connections):
        self.problems = set()
        self.revision = None
        self.asked = {}
        """Methods by id, as the client asked; and as the server did."""
        self.asked_by_server = {}
        self.exchanges = [each for connection in connections for each in exchanges(connection)]
        self.exchanges.sort(key=lambda each: each.request.head_at)

    def verdict(self):
        for exchange in self.exchanges:
            self.sent(exchange)
        for exchange in self.exchanges:
            if exchange.response is not None:
                self.answered(exchange)
        for exchange in self.exchanges:
            self.check_client_answers(exchange)
        return sorted(self.problems)

    def wrong(self, what, exchange):
        sent = exchange.request
        body = json_of(sent.body)
        method = body.get("method", "an answer") if isinstance(body, dict) else "no message"
        self.problems.add(f"{sent.verb} {method}: {what}")

    def version(self, exchange):
        header = exchange.request.value("mcp-protocol-version")
        return header or self.revision or "2025-11-25"

    def sent(self, exchange):
        message = json_of(exchange.request.body)
        if not isinstance(message, dict):
            return
        if "id" in message and "method" in message:
            self.asked[json.dumps(message["id"])] = message["method"]
        if message.get("method") == INITIALIZE and exchange.response is not None:
            for answer in self.messages(exchange):
                if isinstance(answer, dict) and "result" in answer:
                    self.revision = answer["result"].get("protocolVersion")
        self.check(exchange, message, to_server=True)

    @staticmethod
    def messages(exchange):
        response = exchange.response
        kind = response.value("content-type", "").split(";")[0]
        if kind == STREAM:
            return events(response.body)
        return [json_of(response.body)] if kind == JSON and response.body else []

    def answered(self, exchange):
        request, response = exchange.request, exchange.response
        message = json_of(request.body)
        kind = response.value("content-type", "").split(";")[0]
        is_initialize = isinstance(message, dict) and message.get("method") == INITIALIZE
        if response.values("mcp-session-id") and not (is_initialize and response.status // 100 == 2):
            self.wrong(f"Mcp-Session-Id on a {response.status}", exchange)
        is_request = isinstance(message, dict) and "id" in message and "method" in message
        if request.verb == "POST" and not is_request and response.status // 100 == 2:
            if response.status != 202 or response.body:
                self.wrong(f"answered with {response.status} and {len(response.body)} bytes, not with 202", exchange)
        if response.status == 200 and request.verb in ("POST", "GET") and kind not in (JSON, STREAM):
            self.wrong(f"a 200 of the kind {kind!r}", exchange)
        if kind == STREAM:
            self.check_stream(exchange)
        if is_request and response.status >= 500:
            self.wrong(f"status {response.status}", exchange)
        found = self.messages(exchange)
        for each in found:
            self.check(exchange, each, to_server=False)
        if is_request and response.whole and not self.left_open(exchange):
            answers = [each for each in found if isinstance(each, dict) and "method" not in each]
            if [each.get("id") for each in answers] != [message["id"]]:
                self.wrong(f"{len(answers)} answers {[each.get('id') for each in answers]}", exchange)

    def left_open(self, exchange):
        """Whether a stream may end without an answer: it was given up, or what follows is fetched by Last-Event-ID."""
        return b"\nid:" in exchange.response.body or not exchange.response.whole

    def check_stream(self, exchange):
        response = exchange.response
        if response.body_at is None:
            return self.wrong("an event stream without a first byte", exchange)
        if response.body_at - response.head_at > 5:
            self.wrong("the first byte of a stream came late", exchange)
        if "no-cache" not in response.value("cache-control", ""):
            self.wrong("an event stream that may be cached", exchange)

    def check_client_answers(self, exchange):
        message = json_of(exchange.request.body)
        if isinstance(message, dict) and "result" in message:
            method = self.asked_by_server.get(json.dumps(message.get("id")))
            if method is None:
                return self.wrong("the client answers what nobody asked", exchange)
            self.hold(exchange, methods.validate_client_result, method, message["result"])

    def check(self, exchange, message, to_server):
        """One message against the schema of its revision."""
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return self.wrong(f"not a message: {str(message)[:80]}", exchange)
        method = message.get("method")
        if method is None:
            return None if to_server else self.check_answer(exchange, message)
        if to_server:
            validate = methods.validate_client_request if "id" in message else methods.validate_client_notification
        elif "id" in message:
            self.asked_by_server[json.dumps(message["id"])] = method
            validate = methods.parse_server_request
        else:
            validate = methods.parse_server_notification
        known = (method, self.version(exchange)) in methods.CLIENT_REQUESTS.keys() | methods.CLIENT_NOTIFICATIONS.keys()
        # A client that is made to send what its revision does not have is answered; the answer is what counts.
        if known or not to_server:
            self.hold(exchange, validate, method, message.get("params"))

    def check_answer(self, exchange, message):
        if "error" in message:
            error = message["error"]
            if not isinstance(error.get("code"), int) or not isinstance(error.get("message"), str):
                self.wrong(f"not an error: {error}", exchange)
            return
        method = self.asked.get(json.dumps(message.get("id")))
        if method is None:
            return self.wrong(f"an answer to nothing: {str(message)[:80]}", exchange)
        result = message.get("result")
        self.hold(exchange, methods.validate_server_result, method, result)
        if self.version(exchange) in MODERN_PROTOCOL_VERSIONS and isinstance(result, dict):
            if "resultType" not in result:
                self.wrong("a result without resultType", exchange)
            # One that ends a stream of changes names the stream; a question is not a result yet.
            if result.get("resultType") == "complete" and SERVER_INFO not in result.get("_meta", {}):
                self.wrong("a result without the server's name", exchange)

    def hold(self, exchange, validate, method, value):
        version = self.version(exchange)
        if version not in HANDSHAKE_PROTOCOL_VERSIONS + MODERN_PROTOCOL_VERSIONS:
            return self.wrong(f"revision {version}", exchange)
        try:
            validate(method, version, value)
        except KeyError:
            self.wrong(f"{validate.__name__}: {version} has no {method}", exchange)
        except ValidationError as error:
            where = error.errors()[0]
            self.wrong(f"{validate.__name__} {version} {method}: {where['loc']} {where['msg']}", exchange)
