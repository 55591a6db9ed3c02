"""mcp 2.3 for Python, cut off in the middle of a call: see resumption.py."""

import asyncio
import contextlib
import json

from mcp import Client, MCPError
from resumption import story


@contextlib.asynccontextmanager
async def client(url):
    async with Client(url, mode="legacy") as session:

        async def call(name, arguments, on_progress):
            try:
                result = await session.call_tool(name, arguments, progress_callback=on_progress)
            except MCPError as error:
                return f"error {error.error.code} {error.error.message}"
            return result.content[0].text

        yield call


print(json.dumps(asyncio.run(story(client))))
