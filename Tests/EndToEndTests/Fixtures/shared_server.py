"""A server on mcp 1.30 for Python that many clients share: what it says about one must not reach another."""

import asyncio

from mcp.server.fastmcp import Context, FastMCP
from pydantic import AnyUrl, BaseModel

server = FastMCP("shared")
subscribed = []
cancelled = []


@server._mcp_server.subscribe_resource()
async def subscribe(uri):
    subscribed.append(str(uri))


@server._mcp_server.unsubscribe_resource()
async def unsubscribe(uri):
    subscribed.remove(str(uri))


@server._mcp_server.set_logging_level()
async def set_level(level):
    pass


@server.tool()
async def steps(context: Context, name: str) -> str:
    for step in range(1, 5):
        await context.report_progress(step, 4, f"{name} {step}")
        await asyncio.sleep(0.02)
    return name


@server.tool()
async def talk(context: Context, name: str) -> str:
    await context.info(f"a secret of {name}")
    return name


@server.tool()
async def wait(name: str, seconds: float) -> str:
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        cancelled.append(name)
        raise
    return name


@server.tool()
async def touch(context: Context, uri: str) -> str:
    await context.session.send_resource_updated(AnyUrl(uri))
    return uri


class Answer(BaseModel):
    answer: str


@server.tool()
async def ask(context: Context, name: str) -> str:
    return (await context.elicit(f"a question for {name}", Answer)).action


@server.tool()
def seen() -> dict[str, list[str]]:
    return {"subscribed": subscribed, "cancelled": cancelled}


server.run()
