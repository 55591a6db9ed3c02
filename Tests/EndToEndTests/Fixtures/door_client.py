"""The first request of a client that shows a token."""

import http.client
import json

PUBLIC = "https://mcp.example.com/mcp"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}


def initialize_with(gateway, token):
    """The status and Retry-After of the answer."""
    connection = http.client.HTTPConnection(gateway.origin.removeprefix("http://"), timeout=30)
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "Authorization": f"Bearer {token}",
    }
    connection.request("POST", "/mcp", json.dumps(INITIALIZE), headers)
    response = connection.getresponse()
    response.read()
    return {"status": response.status, "retryAfter": response.headers["Retry-After"]}
