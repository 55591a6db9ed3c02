"""What every server of the matrix offers, in plain JSON: each SDK's server says the same things in its own way."""

import asyncio
import base64
import os
import re
import tempfile

INSTRUCTIONS = "Ask for what you need. Grüße 👋"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BYTES = base64.b64decode(PIXEL)
NUMBERED = [f"matrix://numbered/{number}" for number in range(5)]
PAGE = 3
"""Resources on one page of resources/list."""
QUESTION_SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string", "title": "Answer"}},
    "required": ["answer"],
}
WEATHER_SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "degrees": {"type": "number"}},
    "required": ["city", "degrees"],
}
LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]
ROOTS = [{"uri": "file:///projects/one", "name": "one"}, {"uri": "file:///projects/two", "name": "zwei"}]
SEVER = "cut the wire here"
"""A progress message at which the recorder cuts the connection."""


def weather(city):
    return {"city": city, "degrees": 21.5}


def tool(name, description, output=None, **properties):
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"name": name, "description": description, "inputSchema": schema} | (
        {"outputSchema": output} if output else {}
    )


TEXT, NUMBER, COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer"}

TOOLS = [
    tool("text", "Says it back", text=TEXT),
    tool("large", "So many bytes", size=COUNT),
    tool("image", "A picture and a word"),
    tool("links", "A resource inside and one beside"),
    tool("weather", "Structured", WEATHER_SCHEMA, city=TEXT),
    tool("failing", "Answers that it failed"),
    tool("raising", "Raises"),
    tool("refusing", "Answers with an error of the protocol"),
    tool("steps", "Reports progress", count=COUNT, text=TEXT),
    tool("severed", "Reports progress across a broken connection"),
    tool("polled", "Ends its stream early and answers on another"),
    tool("logs", "Logs once at each level"),
    tool("slow", "Waits until it is cancelled", seconds=NUMBER, mark=TEXT),
    tool("was_cancelled", "Whether the slow call with this mark was cancelled", mark=TEXT),
    tool("elicit", "Asks the user", message=TEXT),
    tool("elicit_twice", "Asks the user twice"),
    tool("sample", "Asks the model", prompt=TEXT),
    tool("roots", "Asks for the roots"),
    tool("told_of_roots", "Whether the client said that its roots changed"),
    tool("region", "Has an argument that is mirrored in a header", region=TEXT | {"x-mcp-header": "Region"}),
    tool("grow", "Adds a tool and says so"),
    tool("touch", "Changes a resource and says so to who watches it", uri=TEXT),
    tool("client", "What the client said of itself"),
]
GROWN = tool("grown", "Was not here at first")

RESOURCES = [
    {"uri": "matrix://text", "name": "text", "mimeType": "text/plain", "description": "Words"},
    {"uri": "matrix://binary", "name": "binary", "mimeType": "image/png"},
] + [{"uri": uri, "name": uri.rsplit("/", 1)[1], "mimeType": "text/plain"} for uri in NUMBERED]
TEMPLATES = [{"uriTemplate": "matrix://greeting/{name}", "name": "greeting", "mimeType": "text/plain"}]
PROMPTS = [
    {"name": "plain", "description": "No arguments"},
    {
        "name": "letter",
        "description": "Two arguments",
        "arguments": [
            {"name": "to", "description": "Who reads it", "required": True},
            {"name": "tone", "required": False},
        ],
    },
]
TONES = ["formal", "friendly", "furious"]


class Refused(Exception):
    """Becomes a JSON-RPC error with this code, message and data."""

    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


class InputRequired(Exception):
    """The client must be asked this first and will call again (2026-07-28)."""

    def __init__(self, requests, state):
        super().__init__("input required")
        self.requests, self.state = requests, state


def page_of(cursor):
    """The resources from a cursor on, and the next cursor."""
    if cursor is not None and not cursor.isdigit():
        raise Refused(-32602, "Invalid cursor")
    start = int(cursor or 0)
    end = start + PAGE
    return RESOURCES[start:end], str(end) if end < len(RESOURCES) else None


def content_of(uri):
    if uri == "matrix://binary":
        return {"uri": uri, "mimeType": "image/png", "blob": PIXEL}
    if uri.startswith("matrix://greeting/"):
        return {"uri": uri, "mimeType": "text/plain", "text": f"Hello, {uri.rsplit('/', 1)[1]}"}
    if any(resource["uri"] == uri for resource in RESOURCES):
        return {"uri": uri, "mimeType": "text/plain", "text": f"The text of {uri}"}
    raise Refused(-32602, "Resource not found", {"uri": uri})


def prompt_of(name, arguments):
    if name == "plain":
        text = "Say something."
    elif name == "letter":
        text = f"Write to {arguments['to']}, {arguments.get('tone', 'briefly')}."
    else:
        raise Refused(-32602, f"Unknown prompt: {name}")
    return {"description": name, "messages": [{"role": "user", "content": {"type": "text", "text": text}}]}


def completion_of(argument, value):
    values = [tone for tone in TONES if tone.startswith(value)] if argument == "tone" else []
    return {"values": values, "total": len(values), "hasMore": False}


def cancelled(mark):
    """Notes that a call was cancelled where every process of the server can see it."""
    with open(path_of(mark), "w"):
        pass


async def was_cancelled(mark):
    for _ in range(40):
        if os.path.exists(path_of(mark)):
            os.unlink(path_of(mark))
            return True
        await asyncio.sleep(0.1)
    return False


def path_of(mark):
    return os.path.join(tempfile.gettempdir(), "slipway-matrix-" + re.sub(r"\W", "-", mark))


def text_result(text):
    return {"content": [{"type": "text", "text": text}]}
