"""fastmcp 4.1's server, written the way its users write one: server_fastmcp.py stdio | http"""

import json
import logging
import warnings
from dataclasses import dataclass
from typing import Annotated

import anyio
import features
import mcp_types as types
import serving
from endpoint import MemoryEvents
from fastmcp import Context, FastMCP
from fastmcp.tools.base import ToolResult
from fastmcp.utilities.types import Image
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import Field

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
mcp = FastMCP("matrix", features.INSTRUCTIONS, version="1", list_page_size=features.PAGE)


@dataclass
class Weather:
    city: str
    degrees: float


@dataclass
class Answer:
    answer: str


def is_modern(ctx):
    return ctx.session.protocol_version in MODERN_PROTOCOL_VERSIONS


def dump(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def asked(ctx, number, request):
    """The client's answer to the question of this number, or the result that asks it."""
    answers = json.loads(ctx.request_state or "{}")
    answers |= {key: dump(answer) for key, answer in (ctx.input_responses or {}).items()}
    key = f"question-{number}"
    if key in answers:
        return answers[key], None
    wanted = {"inputRequests": {key: request}, "requestState": json.dumps(answers)}
    return None, types.InputRequiredResult.model_validate(wanted)


def elicitation(message):
    params = {"mode": "form", "message": message, "requestedSchema": features.QUESTION_SCHEMA}
    return {"method": "elicitation/create", "params": params}


@mcp.tool
def text(text: str) -> str:
    return text


@mcp.tool
def large(size: int) -> ToolResult:
    return ToolResult("x" * size)


@mcp.tool
def image() -> list:
    return [Image(data=features.BYTES, format="png"), "a picture"]


@mcp.tool
def links() -> ToolResult:
    inside = types.EmbeddedResource.model_validate(
        {"type": "resource", "resource": features.content_of("matrix://text")}
    )
    return ToolResult([inside, types.ResourceLink.model_validate({"type": "resource_link"} | features.RESOURCES[1])])


@mcp.tool
def weather(city: str) -> Weather:
    return Weather(**features.weather(city))


@mcp.tool
def failing() -> ToolResult:
    return ToolResult("This did not work.", is_error=True)


@mcp.tool
def raising() -> str:
    raise ValueError("raised in the tool")


@mcp.tool
def refusing() -> str:
    raise MCPError(-31999, "Refused in the tool", {"reason": ["data", 1, None]})


@mcp.tool
async def steps(count: int, text: str, ctx: Context) -> str:
    for step in range(1, count + 1):
        await ctx.report_progress(step, count, f"{text} {step}")
        await anyio.sleep(0.02)
    return f"{text} done"


@mcp.tool
async def severed(ctx: Context) -> str:
    await ctx.report_progress(1, 3, "before")
    await ctx.report_progress(2, 3, features.SEVER)
    await anyio.sleep(1.5)
    await ctx.report_progress(3, 3, "after")
    return "whole again"


@mcp.tool
async def polled(ctx: Context) -> str:
    await ctx.report_progress(1, 2, "before")
    await ctx.close_sse_stream()
    await anyio.sleep(1.5)
    return "polled"


@mcp.tool
async def logs(ctx: Context) -> str:
    for level in features.LEVELS:
        await ctx.log("grüße", level, "matrix", {"at": level})
    return "logged"


@mcp.tool
async def slow(seconds: float, mark: str, ctx: Context) -> str:
    try:
        await ctx.report_progress(1, 2, "waiting")
        await anyio.sleep(seconds)
    except anyio.get_cancelled_exc_class():
        features.cancelled(mark)
        raise
    return "waited"


@mcp.tool
async def was_cancelled(mark: str) -> str:
    return str(await features.was_cancelled(mark))


@mcp.tool
async def elicit(message: str, ctx: Context) -> str | types.InputRequiredResult:
    if not is_modern(ctx):
        answer = await ctx.elicit(message, Answer)
        return f"{answer.action} {getattr(answer, 'data', None)}"
    answer, question = asked(ctx, 0, elicitation(message))
    return question or f"{answer['action']} {answer.get('content')}"


@mcp.tool
async def elicit_twice(ctx: Context) -> str | types.InputRequiredResult:
    if not is_modern(ctx):
        first = await ctx.elicit("first", Answer)
        second = await ctx.elicit(f"second after {first.data.answer}", Answer)
        return f"{first.data.answer}, {second.data.answer}"
    first, question = asked(ctx, 0, elicitation("first"))
    if question:
        return question
    second, question = asked(ctx, 1, elicitation(f"second after {first['content']['answer']}"))
    return question or f"{first['content']['answer']}, {second['content']['answer']}"


@mcp.tool
async def sample(prompt: str, ctx: Context) -> str | types.InputRequiredResult:
    message = {"role": "user", "content": {"type": "text", "text": prompt}}
    if is_modern(ctx):
        request = {"method": "sampling/createMessage", "params": {"messages": [message], "maxTokens": 9}}
        answer, question = asked(ctx, 0, request)
        if question:
            return question
    else:
        messages = [types.SamplingMessage.model_validate(message)]
        answer = dump(await ctx.session.create_message(messages, max_tokens=9, related_request_id=ctx.request_id))
    return f"{answer['model']}: {answer['content']['text']}"


@mcp.tool
async def roots(ctx: Context) -> str | types.InputRequiredResult:
    if is_modern(ctx):
        answer, question = asked(ctx, 0, {"method": "roots/list"})
        if question:
            return question
    else:
        answer = dump(await ctx.session.list_roots())
    return " ".join(root["uri"] for root in answer["roots"])


@mcp.tool
def region(region: Annotated[str, Field(json_schema_extra={"x-mcp-header": "Region"})]) -> str:
    return region


@mcp.tool
async def grow(ctx: Context) -> str:
    await ctx.enable_components(tags={"grown"})
    return "grown"


@mcp.tool(tags={"grown"})
def grown() -> str:
    return "here now"


mcp.disable(tags={"grown"})


@mcp.tool
async def touch(uri: str, ctx: Context) -> str:
    params = types.ResourceUpdatedNotificationParams(uri=uri)
    await ctx.send_notification(types.ResourceUpdatedNotification(params=params))
    return "touched"


@mcp.tool
def client(ctx: Context) -> str:
    said = dump(ctx.session.client_params)
    return json.dumps(said | {"protocolVersion": ctx.session.protocol_version, "meta": None}, sort_keys=True)


@mcp.resource("matrix://text")
def words() -> str:
    return "The text of matrix://text"


@mcp.resource("matrix://binary", mime_type="image/png")
def binary() -> bytes:
    return features.BYTES


@mcp.resource("matrix://numbered")
def numbered() -> str:
    return "one more"


@mcp.resource("matrix://greeting/{name}")
def greeting(name: str) -> str:
    return f"Hello, {name}"


@mcp.prompt
def plain() -> str:
    return "Say something."


@mcp.prompt
def letter(to: str, tone: str = "briefly") -> str:
    return f"Write to {to}, {tone}."


@mcp.completion
def complete(ref, argument, context) -> list[str]:
    return features.completion_of(argument.name, argument.value)["values"]


async def stdio():
    await mcp.run_stdio_async(show_banner=False)


def http_app():
    return mcp.http_app(path="/mcp", event_store=MemoryEvents(), retry_interval=100)


serving.main(stdio, http_app)
