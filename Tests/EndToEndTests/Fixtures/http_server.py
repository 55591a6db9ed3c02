"""An MCP server of the SDK that runs it, over Streamable HTTP: http_server.py --port N [--stateless] [--json]"""

import asyncio
import importlib.metadata
import os
import sys
import weakref

from pydantic import BaseModel

port = int(sys.argv[sys.argv.index("--port") + 1])
options = {"stateless_http": "--stateless" in sys.argv, "json_response": "--json" in sys.argv}

if importlib.metadata.version("mcp").startswith("1."):
    from mcp.server.fastmcp import Context, FastMCP

    server = FastMCP("http", host="127.0.0.1", port=port, log_level="WARNING", **options)
    start = {}
else:
    from mcp.server.mcpserver import Context, MCPServer

    server = MCPServer("http", log_level="WARNING")
    start = {"host": "127.0.0.1", "port": port, **options}

counts = weakref.WeakKeyDictionary()


class Answer(BaseModel):
    answer: str


@server.tool()
async def echo(text: str) -> str:
    return text


@server.tool()
async def count(ctx: Context) -> str:
    """How often this session has called it."""
    key = getattr(ctx.session, "_connection", ctx.session)
    counts[key] = counts.get(key, 0) + 1
    return str(counts[key])


@server.tool()
async def slow(seconds: float, steps: int, ctx: Context) -> str:
    for step in range(steps):
        await asyncio.sleep(seconds / steps)
        await ctx.report_progress(step + 1, steps)
    return f"waited {seconds} s"


@server.tool()
async def ask(question: str, ctx: Context) -> str:
    answer = await ctx.elicit(question, Answer)
    return answer.data.answer


@server.tool()
async def where() -> str:
    return f"process {os.getpid()}"


server.run("streamable-http", **start)
