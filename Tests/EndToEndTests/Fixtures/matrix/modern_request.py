"""Requests of revision 2026-07-28."""

from raw_exchange import Exchange

REVISION = "2026-07-28"
PREFIX = "io.modelcontextprotocol/"
NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
BOTH = "application/json, text/event-stream"


def meta(capabilities=None, **more):
    own = {PREFIX + "protocolVersion": REVISION, PREFIX + "clientInfo": {"name": "raw", "version": "1"}}
    return own | {PREFIX + "clientCapabilities": capabilities or {}} | more


def message(method, id="q-1", _meta=None, **params):
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params | {"_meta": _meta or meta()}}


def headers_for(body):
    """What a client sends with such a body."""
    usual = {"Content-Type": "application/json", "Accept": BOTH, "MCP-Protocol-Version": REVISION}
    if isinstance(body, dict) and "method" in body:
        usual["Mcp-Method"] = body["method"]
        field = NAMED.get(body["method"])
        if field and field in (body.get("params") or {}):
            usual["Mcp-Name"] = body["params"][field]
    return usual


def send(url, body=None, verb="POST", headers=None, timeout=20):
    """As a client would, but for the headers given."""
    return Exchange(url, body, verb, headers_for(body) | (headers or {}), timeout)


def discover(url):
    """Asks once, and waits for a server that is slow to start."""
    try:
        send(url, message("server/discover"), timeout=60).answer()
    except OSError:
        pass
