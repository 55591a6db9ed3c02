"""What revision 2026-07-28 answers to requests that keep or break its rules: one row per rule."""

import base64
from dataclasses import dataclass, field
from typing import Any

from modern_request import PREFIX, message, meta

MISMATCH, NO_CAPABILITY, NO_VERSION = -32020, -32021, -32022
PARSE, INVALID, NO_METHOD, PARAMS = -32700, -32600, -32601, -32602
UNKNOWN = "2099-01-01"


@dataclass
class Case:
    name: str
    status: Any
    """A status, or a tuple of those that will do."""
    code: int | None = None
    """The error's code; None for a result, or for no message at all."""
    body: Any = field(default_factory=lambda: message("tools/list"))
    headers: dict = field(default_factory=dict)
    verb: str = "POST"


def without(key):
    kept = meta()
    del kept[PREFIX + key]
    return {"jsonrpc": "2.0", "id": "q-1", "method": "tools/list", "params": {"_meta": kept}}


def encoded(text):
    return f"=?base64?{base64.b64encode(text.encode()).decode()}?="


TEXT = message("tools/call", name="text", arguments={"text": "hello"})
REGION = message("tools/call", name="region", arguments={"region": "west"})
CANCELLED = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}
CLIENT = {"name": "raw", "version": "1"}
LISTED = message("tools/list")
ELSEWHERE = meta() | {PREFIX + "protocolVersion": UNKNOWN}
LISTEN = message("subscriptions/listen", notifications={"toolsListChanged": True})

CASES = [
    Case("a list", 200),
    Case("a call", 200, body=TEXT),
    Case("no client info", 200, body=without("clientInfo")),
    Case("a session id is ignored", 200, headers={"Mcp-Session-Id": "no-such-session"}),
    Case("a last event id is ignored", 200, headers={"Last-Event-ID": "7"}),
    # Headers against the body.
    Case("no version header", 400, MISMATCH, headers={"MCP-Protocol-Version": None}),
    Case("no method header", 400, MISMATCH, headers={"Mcp-Method": None}),
    Case("no name header", 400, MISMATCH, TEXT, headers={"Mcp-Name": None}),
    Case("another version in the header", 400, MISMATCH, message("tools/list", _meta=ELSEWHERE)),
    Case("another method in the header", 400, MISMATCH, headers={"Mcp-Method": "prompts/list"}),
    Case("a method in capitals", 400, MISMATCH, headers={"Mcp-Method": "TOOLS/LIST"}),
    Case("another name in the header", 400, MISMATCH, TEXT, headers={"Mcp-Name": "image"}),
    Case("two version headers", 400, MISMATCH, headers={"MCP-Protocol-Version": ["2026-07-28"] * 2}),
    Case("two method headers", 400, MISMATCH, headers={"Mcp-Method": ["tools/list"] * 2}),
    Case("two name headers", 400, MISMATCH, TEXT, headers={"Mcp-Name": ["text"] * 2}),
    Case("blanks around a name", 200, body=TEXT, headers={"Mcp-Name": "  text\t"}),
    Case("header names in capitals", 200, headers={"Mcp-Method": None, "MCP-METHOD": "tools/list"}),
    Case("a name in base64", 200, body=TEXT, headers={"Mcp-Name": encoded("text")}),
    Case("base64 without padding", 400, MISMATCH, TEXT, headers={"Mcp-Name": "=?base64?dGV4dA?="}),
    Case("base64 with other characters", 400, MISMATCH, TEXT, headers={"Mcp-Name": "=?base64?dGV4!A==?="}),
    Case("base64 with loose bits", 400, MISMATCH, TEXT, headers={"Mcp-Name": "=?base64?dGV4dB==?="}),
    Case("base64 without its end is a name", 400, MISMATCH, TEXT, headers={"Mcp-Name": "=?base64?dGV4dA=="}),
    Case("another name in base64", 400, MISMATCH, TEXT, headers={"Mcp-Name": encoded("image")}),
    Case("an argument header nobody declared", 200, body=TEXT, headers={"Mcp-Param-Region": "west"}),
    Case("a mirrored argument", 200, body=REGION, headers={"Mcp-Param-Region": "west"}),
    Case("a mirrored argument in base64", 200, body=REGION, headers={"Mcp-Param-Region": encoded("west")}),
    Case("a mirrored argument that differs", 400, MISMATCH, REGION, headers={"Mcp-Param-Region": "east"}),
    Case("a mirrored argument that is missing", 400, MISMATCH, REGION),
    Case("a mirrored argument in bad base64", 400, MISMATCH, REGION, {"Mcp-Param-Region": "=?base64?dGV4?!=?="}),
    # The envelope.
    Case("no meta", 400, PARAMS, {"jsonrpc": "2.0", "id": "q-1", "method": "tools/list", "params": {}}),
    Case("no params", 400, PARAMS, {"jsonrpc": "2.0", "id": "q-1", "method": "tools/list"}),
    Case("no version in meta", 400, PARAMS, without("protocolVersion")),
    Case("no capabilities in meta", 400, PARAMS, without("clientCapabilities")),
    Case("capabilities that are none", 400, PARAMS, message("tools/list", _meta=meta(1))),
    Case(
        "an unknown version", 400, NO_VERSION, message("tools/list", _meta=ELSEWHERE),
        {"MCP-Protocol-Version": UNKNOWN},
    ),
    # Methods.
    *[
        Case(f"{method} is gone", 404, NO_METHOD, message(method, **params))
        for method, params in [
            ("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": CLIENT}),
            ("ping", {}),
            ("logging/setLevel", {"level": "info"}),
            ("resources/subscribe", {"uri": "matrix://text"}),
            ("resources/unsubscribe", {"uri": "matrix://text"}),
        ]
    ],
    Case("an unknown method", 404, NO_METHOD, message("nobody/home")),
    Case("an unknown tool", (200, 400), PARAMS, message("tools/call", name="nobody", arguments={})),
    Case("an unknown resource", (200, 400), PARAMS, message("resources/read", uri="matrix://nowhere")),
    # Shapes.
    Case("no JSON", 400, PARSE, b"{nonsense", {"Mcp-Method": "tools/list"}),
    Case("a batch", 400, INVALID, [LISTED], {"Mcp-Method": "tools/list"}),
    Case("an answer", 400, INVALID, {"jsonrpc": "2.0", "id": 1, "result": {}}),
    Case("an id that is null", 400, INVALID, message("tools/list", id=None)),
    Case("an id that is a list", 400, INVALID, message("tools/list", id=[])),
    Case("a notification", 202, None, CANCELLED),
    Case("a GET", 405, None, None, verb="GET"),
    Case("a DELETE", 405, None, None, verb="DELETE"),
    Case("accepts JSON only", 406, None, headers={"Accept": "application/json"}),
    Case("accepts streams only", 406, None, headers={"Accept": "text/event-stream"}),
    Case("listens without accepting streams", 406, None, LISTEN, headers={"Accept": "application/json"}),
    Case("another content type", (400, 415), None, headers={"Content-Type": "text/plain"}),
    Case("its own page", 200, headers={"Origin": "http://127.0.0.1:8001"}),
    Case("a foreign page", 403, None, headers={"Origin": "http://evil.example.com"}),
]

CACHED = [
    ("server/discover", {}),
    ("tools/list", {}),
    ("prompts/list", {}),
    ("resources/list", {}),
    ("resources/templates/list", {}),
    ("resources/read", {"uri": "matrix://text"}),
]
