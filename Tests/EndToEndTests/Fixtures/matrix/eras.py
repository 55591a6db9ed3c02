"""What a client of 2026-07-28 is to see of a server that only speaks the older revisions.

Without a fleet it sees nothing of it. So the measure is what the same client sees when it speaks the older revisions
too, put into the words of the newer one.
"""

SERVER_INFO = "io.modelcontextprotocol/serverInfo"
REMOVED = {"raised": "MCPError", "code": -32601}
"""The method is not part of the revision; in whose words is not said."""
UNAVAILABLE = {"raised": "RuntimeError"}
"""fastmcp's client says so without asking the server."""


def in_any_words(value):
    """Who says that a method is not part of the revision says it in words of their own."""
    if isinstance(value, list):
        return [in_any_words(each) for each in value]
    if not isinstance(value, dict):
        return value
    return REMOVED if value.get("code") == REMOVED["code"] else {key: in_any_words(each) for key, each in value.items()}


def comparable(value):
    """Without the server's name, which the newer revision puts into each result, and without words for its gaps."""
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("code") == REMOVED["code"]:
        return REMOVED
    if value.get("raised") == UNAVAILABLE["raised"]:
        return UNAVAILABLE
    value = {key: comparable(each) for key, each in value.items() if key != SERVER_INFO}
    return {key: each for key, each in value.items() if key != "_meta" or each}


def modern(record, mode, is_fastmcp):
    """The record of a client in legacy mode, as it is to be in this mode."""
    record = comparable(record)
    said = record["welcome"]["result"]
    known = said if mode == "auto" else {"capabilities": {}}
    record["welcome"]["result"] = known | {"revision": "2026-07-28"}
    record["ping"]["result"] = REMOVED
    record["roots_changed"]["result"][1]["content"][0]["text"] = "not told"
    # Each request says itself which level it wants.
    logs = record["logs"]
    logs["result"][1] = UNAVAILABLE if is_fastmcp else REMOVED
    logs["notes"] = logs["notes"][:8] * 2
    # The server does not say that resources can be subscribed to.
    record["subscription"]["notes"] = [] if is_fastmcp else [{"honoured": {}}]
    # A client that leaves has cancelled.
    severed = record["severed"]
    severed["notes"] = severed["notes"][:2]
    severed["result"] = {"raised": "MCPError", "code": -32000, "message": "SSE stream ended without a response"}
    return record
